// Azure's own policies for the cluster, besides the ones in this room that the API server holds by itself.
param location string
param clusterName string

// The namespaces that exclusions/ leaves out.
var excluded = [
  'kube-system'
  'kube-public'
  'kube-node-lease'
  'gatekeeper-system'
  'flux-system'
  'azure-arc'
  'azure-extensions-usage-system'
  'calico-system'
  'tigera-operator'
  'kong'
  'traefik'
]

var assignments = [
  {
    name: 'pods-restricted'
    title: 'Pods keep the restricted standard'
    // Kubernetes cluster pod security restricted standards for Linux-based workloads.
    definition: '/providers/Microsoft.Authorization/policySetDefinitions/42b8ef37-b724-4e24-bbc8-7a7708edfe00'
    parameters: { effect: { value: 'Deny' }, excludedNamespaces: { value: excluded } }
  }
  {
    name: 'images-of-ours'
    title: 'Images come from registries that rules/allowed-images.yaml names'
    // Kubernetes cluster containers should only use allowed images.
    definition: '/providers/Microsoft.Authorization/policyDefinitions/febd0533-8e55-448f-b837-bd0e06f16469'
    parameters: {
      effect: { value: 'Deny' }
      excludedNamespaces: { value: excluded }
      allowedContainerImagesRegex: {
        value: '^(seaworthy\\.azurecr\\.io/|docker\\.io/library/postgres@|docker\\.io/library/redis@).+$'
      }
    }
  }
]

resource cluster 'Microsoft.ContainerService/managedClusters@2026-05-01' existing = {
  name: clusterName
}

resource assigned 'Microsoft.Authorization/policyAssignments@2026-07-01' = [for assignment in assignments: {
  name: assignment.name
  location: location
  scope: cluster
  properties: {
    displayName: assignment.title
    policyDefinitionId: assignment.definition
    enforcementMode: 'Default'
    parameters: assignment.parameters
  }
}]

// Warn: Enforce would change pods on their way in, and Flux would see what it did not write.
resource safeguards 'Microsoft.ContainerService/deploymentSafeguards@2025-07-01' = {
  name: 'default'
  scope: cluster
  properties: { level: 'Warn', excludedNamespaces: excluded }
}
