import { spawnSync } from 'node:child_process'
import { DatabaseRefused } from '../database-refused.ts'

/** Numeric ids of the system user that PostgreSQL runs as. */
export type DatabaseUser = { uid: number; gid: number }

/**
 * PostgreSQL refuses to run as root. Started by root, it runs as the system's user `postgres`, which is created where it
 * is missing; where it cannot be created, as `nobody`, who is there on every system and owns nothing else that matters.
 * @throws DatabaseRefused when there is neither.
 */
export function databaseUser(): DatabaseUser {
  const user = lookUp('postgres') ?? (createUser() ? lookUp('postgres') : null) ?? lookUp('nobody')
  if (user) return user
  throw new DatabaseRefused(
    'PostgreSQL does not run as root, and neither a user `postgres` nor `nobody` could be found; start as an ordinary user.',
  )
}

function lookUp(name: string): DatabaseUser | null {
  const uid = Number(spawnSync('id', ['-u', name], { encoding: 'utf8' }).stdout?.trim() || Number.NaN)
  const gid = Number(spawnSync('id', ['-g', name], { encoding: 'utf8' }).stdout?.trim() || Number.NaN)
  return Number.isInteger(uid) && Number.isInteger(gid) && uid !== 0 ? { uid, gid } : null
}

function createUser(): boolean {
  const arguments_ = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']
  return spawnSync('useradd', arguments_, { stdio: 'ignore' }).status === 0
}
