import type { Metrics } from './service-metrics.ts';

const pod = ['namespace', 'pod'];
const container = [...pod, 'container'];
const deployment = ['namespace', 'deployment'];
const autoscaler = ['namespace', 'horizontalpodautoscaler'];
const filesystem = ['instance', 'mountpoint', 'fstype', 'device'];

/**
 * What the metrics add-on scrapes by itself and keeps under its minimal ingestion profile, as far as our rules use it:
 * https://learn.microsoft.com/azure/azure-monitor/containers/prometheus-metrics-scrape-default
 */
export const platformMetrics: Metrics = new Map([
  ['up', ['instance', ...pod]],
  ['container_cpu_usage_seconds_total', [...container, 'id', 'image']],
  ['container_memory_working_set_bytes', [...container, 'id', 'image']],
  ['kube_deployment_spec_replicas', deployment],
  ['kube_deployment_status_replicas_available', deployment],
  ['kube_horizontalpodautoscaler_spec_max_replicas', autoscaler],
  ['kube_horizontalpodautoscaler_status_desired_replicas', autoscaler],
  ['kube_job_failed', ['namespace', 'job_name', 'condition']],
  ['kube_node_spec_taint', ['node', 'key', 'value', 'effect']],
  ['kube_node_status_condition', ['node', 'condition', 'status']],
  ['kube_pod_container_resource_limits', [...container, 'node', 'resource', 'unit']],
  ['kube_pod_container_status_last_terminated_reason', [...container, 'reason']],
  ['kube_pod_container_status_restarts_total', container],
  ['kube_pod_container_status_waiting_reason', [...container, 'reason']],
  ['kube_pod_status_phase', [...pod, 'phase']],
  ['node_filesystem_avail_bytes', filesystem],
  ['node_filesystem_size_bytes', filesystem],
]);

/** Values that a label takes, where a slip would match nothing for ever: the phases begin with capitals. */
export const labelValues: Readonly<Record<string, readonly string[]>> = {
  'kube_pod_status_phase phase': ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'],
  'kube_node_status_condition condition': [
    'Ready',
    'MemoryPressure',
    'DiskPressure',
    'PIDPressure',
    'NetworkUnavailable',
  ],
  'kube_node_status_condition status': ['true', 'false', 'unknown'],
  'kube_node_spec_taint effect': ['NoSchedule', 'PreferNoSchedule', 'NoExecute'],
  'kube_job_failed condition': ['true', 'false', 'unknown'],
  'kube_pod_container_resource_limits resource': ['cpu', 'memory', 'ephemeral_storage'],
  'kube_pod_container_status_waiting_reason reason': [
    'CrashLoopBackOff',
    'ContainerCreating',
    'CreateContainerConfigError',
    'CreateContainerError',
    'ErrImagePull',
    'ImagePullBackOff',
    'InvalidImageName',
  ],
  'kube_pod_container_status_last_terminated_reason reason': ['OOMKilled', 'Completed', 'Error', 'ContainerCannotRun'],
  'groupz_changes_published_total outcome': ['published', 'duplicate', 'dropped'],
  'groupz_azure_reads_remaining target': ['arm', 'resource-graph'],
  'realtime_gaps_total reason': ['redis', 'large', 'trimmed', 'reset'],
};
