using '../main.bicep'

param environment = 'staging'
param location = 'westeurope'
param network = '10.20'
param hostname = 'staging.seaworthy.example'
param alertAddress = 'seaworthy@example.com'
param audiences = {
  groupz: '01000000-0000-4000-8000-000000000011'
  realtime: '01000000-0000-4000-8000-000000000012'
  users: '01000000-0000-4000-8000-000000000013'
}
param administrators = '00000000-0000-4000-8000-0000000000aa'
param sizes = {
  aks: { tier: 'Standard', zones: ['1', '2', '3'], system: 2, userMost: 4, windowsMost: 2 }
  monitor: { nodes: 3, keepLogsDays: 30 }
  data: { postgres: 'Standard_B2s', postgresTier: 'Burstable', postgresStandby: 'Disabled', storageGb: 32, keepBackupsDays: 7, redis: 'Balanced_B0', redisReplicated: false }
}
param windows = true
param windowsPassword = readEnvironmentVariable('WINDOWS_PASSWORD')
param keys = {
  'groupz-page-token-key': readEnvironmentVariable('GROUPZ_PAGE_TOKEN_KEY')
  'realtime-ticket-key': readEnvironmentVariable('REALTIME_TICKET_KEY')
  'users-page-token-key': readEnvironmentVariable('USERS_PAGE_TOKEN_KEY')
}
param withApim = true
param privateOrigin = false
