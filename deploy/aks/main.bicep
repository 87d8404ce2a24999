// The cluster. Standard and not Automatic: the Flux extension fails under the protection of Automatic's system namespaces.
param name string
param location string
param nodesSubnetId string
param administrators string

@description('tier, zones, system (nodes), userMost and windowsMost (nodes that the autoscaler may come to).')
param sizes object
param windows bool

@secure()
param windowsPassword string

var kubernetesVersion = '1.36'

resource controller 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-cluster'
  location: location
}

// To put load balancers and Private Link services into the network.
module networkRole 'network-role.bicep' = {
  name: 'cluster-network'
  params: { networkName: name, principalId: controller.properties.principalId }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2026-05-01' = {
  name: name
  location: location
  sku: { name: 'Base', tier: sizes.tier }
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${controller.id}': {} } }
  dependsOn: [networkRole]
  properties: {
    kubernetesVersion: kubernetesVersion
    dnsPrefix: name
    nodeResourceGroup: '${name}-nodes'
    disableLocalAccounts: true
    aadProfile: { managed: true, enableAzureRBAC: true, adminGroupObjectIDs: [administrators] }
    oidcIssuerProfile: { enabled: true }
    securityProfile: {
      workloadIdentity: { enabled: true }
      imageCleaner: { enabled: true, intervalHours: 48 }
    }
    addonProfiles: {
      azureKeyvaultSecretsProvider: {
        enabled: true
        config: { enableSecretRotation: 'true', rotationPollInterval: '2m' }
      }
      azurepolicy: { enabled: true }
    }
    azureMonitorProfile: { metrics: { enabled: true } }
    workloadAutoScalerProfile: { keda: { enabled: true } }
    // Installs the kinds of Gateway API for all gateways, and the class `approuting-istio` besides ours.
    ingressProfile: {
      gatewayAPI: { installation: 'Standard' }
      webAppRouting: { gatewayAPIImplementations: { appRoutingIstio: { mode: 'Enabled' } } }
    }
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      // Cilium is for Linux only, and Azure's own engine has left Windows: with Windows nodes it is Calico.
      networkDataplane: windows ? 'azure' : 'cilium'
      networkPolicy: windows ? 'calico' : 'cilium'
      podCidr: '192.168.0.0/16'
      serviceCidr: '172.16.0.0/16'
      dnsServiceIP: '172.16.0.10'
      loadBalancerSku: 'standard'
      outboundType: 'userAssignedNATGateway'
    }
    autoUpgradeProfile: { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'NodeImage' }
    autoScalerProfile: { expander: 'least-waste', 'scale-down-unneeded-time': '10m', 'skip-nodes-with-system-pods': 'false' }
    windowsProfile: windows ? { adminUsername: 'seaworthy', adminPassword: windowsPassword } : null
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        osType: 'Linux'
        osSKU: 'AzureLinux'
        vmSize: 'Standard_D2ds_v5'
        count: sizes.system
        availabilityZones: sizes.zones
        vnetSubnetID: nodesSubnetId
        nodeTaints: ['CriticalAddonsOnly=true:NoSchedule']
        upgradeSettings: { maxSurge: '33%' }
      }
    ]
  }
}

resource user 'Microsoft.ContainerService/managedClusters/agentPools@2026-05-01' = {
  parent: cluster
  name: 'user'
  properties: {
    mode: 'User'
    osType: 'Linux'
    osSKU: 'AzureLinux'
    vmSize: 'Standard_D4ds_v5'
    enableAutoScaling: true
    minCount: 2
    maxCount: sizes.userMost
    availabilityZones: sizes.zones
    vnetSubnetID: nodesSubnetId
    // A drain waits for realtime's clients to be told, and no longer.
    upgradeSettings: { maxSurge: '33%', drainTimeoutInMinutes: 10 }
  }
}

resource windowsPool 'Microsoft.ContainerService/managedClusters/agentPools@2026-05-01' = if (windows) {
  parent: cluster
  // At most six characters.
  name: 'win25'
  properties: {
    mode: 'User'
    osType: 'Windows'
    // The images of deploy/windows/ltsc2025 run on this one only. FIPS is its condition.
    osSKU: 'Windows2025'
    enableFIPS: true
    vmSize: 'Standard_D4ds_v5'
    enableAutoScaling: true
    minCount: 1
    maxCount: sizes.windowsMost
    availabilityZones: sizes.zones
    vnetSubnetID: nodesSubnetId
    nodeTaints: ['os=windows:NoSchedule']
    upgradeSettings: { maxSurge: '33%' }
  }
}

// Versions and node images change at night, and on different days.
resource clusterUpgrades 'Microsoft.ContainerService/managedClusters/maintenanceConfigurations@2026-05-01' = {
  parent: cluster
  name: 'aksManagedAutoUpgradeSchedule'
  properties: {
    maintenanceWindow: {
      schedule: { weekly: { intervalWeeks: 1, dayOfWeek: 'Tuesday' } }
      startTime: '01:00'
      utcOffset: '+00:00'
      durationHours: 4
    }
  }
}

resource nodeUpgrades 'Microsoft.ContainerService/managedClusters/maintenanceConfigurations@2026-05-01' = {
  parent: cluster
  name: 'aksManagedNodeOSUpgradeSchedule'
  properties: {
    maintenanceWindow: {
      schedule: { weekly: { intervalWeeks: 1, dayOfWeek: 'Thursday' } }
      startTime: '01:00'
      utcOffset: '+00:00'
      durationHours: 4
    }
  }
}

output name string = cluster.name
output issuer string = cluster.properties.oidcIssuerProfile.issuerURL
output kubeletPrincipalId string = cluster.properties.identityProfile.kubeletidentity.objectId
