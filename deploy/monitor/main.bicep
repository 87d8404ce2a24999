// Where metrics and logs go, what is scraped, who is told.
param name string
param location string
param clusterName string
param alertAddress string

@description('nodes (fewest that are ready), keepLogsDays.')
param sizes object

// Written by `pnpm generate:azure` from rules/.
var groups = loadJsonContent('rule-groups.json')

resource cluster 'Microsoft.ContainerService/managedClusters@2026-05-01' existing = {
  name: clusterName
}

resource workspace 'Microsoft.Monitor/accounts@2025-10-03' = {
  name: name
  location: location
}

resource logs 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: name
  location: location
  properties: { sku: { name: 'PerGB2018' }, retentionInDays: sizes.keepLogsDays }
}

resource endpoint 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: '${name}-prometheus'
  location: location
  kind: 'Linux'
  properties: { networkAcls: { publicNetworkAccess: 'Enabled' } }
}

resource collection 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: '${name}-prometheus'
  location: location
  kind: 'Linux'
  properties: {
    dataCollectionEndpointId: endpoint.id
    dataSources: { prometheusForwarder: [{ name: 'prometheus', streams: ['Microsoft-PrometheusMetrics'] }] }
    destinations: { monitoringAccounts: [{ name: 'workspace', accountResourceId: workspace.id }] }
    dataFlows: [{ streams: ['Microsoft-PrometheusMetrics'], destinations: ['workspace'] }]
  }
}

resource collected 'Microsoft.Insights/dataCollectionRuleAssociations@2024-03-11' = {
  name: 'prometheus'
  scope: cluster
  properties: { dataCollectionRuleId: collection.id }
}

resource actions 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  properties: {
    enabled: true
    groupShortName: 'seaworthy'
    emailReceivers: [{ name: 'team', emailAddress: alertAddress, useCommonAlertSchema: true }]
  }
}

resource rules 'Microsoft.AlertsManagement/prometheusRuleGroups@2023-03-01' = [for group in groups: {
  name: '${name}-${group.name}'
  location: location
  properties: {
    enabled: true
    clusterName: clusterName
    scopes: [workspace.id, cluster.id]
    interval: group.interval
    rules: [for rule in group.rules: contains(rule, 'alert') ? union(rule, { actions: [{ actionGroupId: actions.id }] }) : rule]
  }
}]

// These two need neither Prometheus nor a scrape: they still speak when the add-on does not.
resource nodeCount 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: '${name}-node-count'
  location: 'global'
  properties: {
    description: 'Fewer nodes are ready than the environment needs.'
    severity: 1
    enabled: true
    scopes: [cluster.id]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'ready'
          metricNamespace: 'Microsoft.ContainerService/managedClusters'
          metricName: 'kube_node_status_condition'
          dimensions: [
            { name: 'condition', operator: 'Include', values: ['Ready'] }
            { name: 'status', operator: 'Include', values: ['true'] }
          ]
          timeAggregation: 'Average'
          operator: 'LessThan'
          threshold: sizes.nodes
        }
      ]
    }
    actions: [{ actionGroupId: actions.id }]
  }
}

resource nodeNotReady 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: '${name}-node-not-ready'
  location: 'global'
  properties: {
    description: 'A node is not ready, or its kubelet is silent.'
    severity: 1
    enabled: true
    scopes: [cluster.id]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'not-ready'
          metricNamespace: 'Microsoft.ContainerService/managedClusters'
          metricName: 'kube_node_status_condition'
          dimensions: [
            { name: 'condition', operator: 'Include', values: ['Ready'] }
            { name: 'status', operator: 'Include', values: ['false', 'unknown'] }
          ]
          timeAggregation: 'Average'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [{ actionGroupId: actions.id }]
  }
}

output workspaceName string = workspace.name
output logsId string = logs.id
output queryEndpoint string = workspace.properties.metrics.prometheusQueryEndpoint
