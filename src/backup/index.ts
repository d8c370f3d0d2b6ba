export { type Backup, openBackup } from './read-backup.ts'
export { type RestoreResult, restoreCompany, restoreInstallation } from './restore.ts'
export { type BackupResult, writeBackup } from './write-backup.ts'
