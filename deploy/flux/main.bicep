// Flux as the extension of AKS, and its root: what is in the cluster, Git says.
param clusterName string
param environment string

resource cluster 'Microsoft.ContainerService/managedClusters@2026-05-01' existing = {
  name: clusterName
}

resource extension 'Microsoft.KubernetesConfiguration/extensions@2025-03-01' = {
  name: 'flux'
  scope: cluster
  properties: {
    extensionType: 'microsoft.flux'
    // Flux 2.7.5. A version that is pinned does not upgrade itself.
    version: '1.24.1'
    autoUpgradeMinorVersion: false
    configurationSettings: {
      'image-automation-controller.enabled': environment == 'staging' ? 'true' : 'false'
      'image-reflector-controller.enabled': environment == 'staging' ? 'true' : 'false'
    }
  }
}

resource root 'Microsoft.KubernetesConfiguration/fluxConfigurations@2025-04-01' = {
  name: 'seaworthy'
  scope: cluster
  dependsOn: [extension]
  properties: {
    scope: 'cluster'
    namespace: 'seaworthy-config'
    sourceKind: 'GitRepository'
    gitRepository: {
      url: 'https://github.com/seaworthy/seaworthy'
      // A release is a signed tag.
      repositoryRef: environment == 'production' ? { semver: '>=1.0.0' } : { branch: 'main' }
      syncIntervalInSeconds: 60
      timeoutInSeconds: 60
    }
    kustomizations: {
      cluster: {
        path: './deploy/clusters/${environment}'
        prune: true
        wait: true
        timeoutInSeconds: 900
        syncIntervalInSeconds: 600
        retryIntervalInSeconds: 60
      }
    }
  }
}
