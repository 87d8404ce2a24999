using '../main.bicep'

param environment = 'production'
param location = 'westeurope'
param network = '10.10'
param hostname = 'seaworthy.example'
param alertAddress = 'seaworthy@example.com'
param audiences = {
  groupz: '02000000-0000-4000-8000-000000000011'
  realtime: '02000000-0000-4000-8000-000000000012'
  users: '02000000-0000-4000-8000-000000000013'
}
param administrators = '00000000-0000-4000-8000-0000000000aa'
param sizes = {
  aks: { tier: 'Standard', zones: ['1', '2', '3'], system: 3, userMost: 12, windowsMost: 6 }
  monitor: { nodes: 6, keepLogsDays: 90 }
  data: { postgres: 'Standard_D2ds_v5', postgresTier: 'GeneralPurpose', postgresStandby: 'ZoneRedundant', storageGb: 128, keepBackupsDays: 35, redis: 'Balanced_B1', redisReplicated: true }
}
param windows = true
param windowsPassword = readEnvironmentVariable('WINDOWS_PASSWORD')
param keys = {
  'groupz-page-token-key': readEnvironmentVariable('GROUPZ_PAGE_TOKEN_KEY')
  'realtime-ticket-key': readEnvironmentVariable('REALTIME_TICKET_KEY')
  'users-page-token-key': readEnvironmentVariable('USERS_PAGE_TOKEN_KEY')
}
param withApim = false
param privateOrigin = true
