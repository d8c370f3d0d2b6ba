import { existsSync, statfsSync } from 'node:fs'
import { totalmem } from 'node:os'

const MB = 1024 * 1024

/**
 * The settings of the embedded server, written anew at each start and included at the top of `postgresql.conf`, so that
 * a line which somebody adds below wins. Nothing here weakens durability: fsync, full_page_writes and synchronous_commit
 * keep their defaults, and a server on which somebody turned them off is refused.
 * @param memory bytes that the machine, or the container, has
 */
export function postgresSettings(memory: number = usableMemory()): string {
  const sharedBuffers = Math.max(64, Math.min(512, Math.floor(memory / MB / 8)))
  const cache = Math.max(256, Math.floor(memory / MB / 2))
  const settings = {
    listen_addresses: "'127.0.0.1'",
    unix_socket_directories: "''",
    max_connections: '120',
    shared_buffers: `${sharedBuffers}MB`,
    effective_cache_size: `${cache}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    // Few, spread checkpoints: each one makes the next change of every page write the whole page to the log.
    max_wal_size: '4GB',
    min_wal_size: '256MB',
    checkpoint_timeout: '15min',
    wal_compression: 'on',
    wal_buffers: '16MB',
    random_page_cost: '1.1',
    jit: 'off',
    dynamic_shared_memory_type: sharedMemoryType(),
    timezone: "'UTC'",
    log_timezone: "'UTC'",
    datestyle: "'iso, ymd'",
    lc_messages: "'C'",
    lc_monetary: "'C'",
    lc_numeric: "'C'",
    lc_time: "'C'",
    default_text_search_config: "'pg_catalog.simple'",
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
  return `# Written by Countinghouse at each start. Put settings of your own into postgresql.conf.\n${lines.join('\n')}\n`
}

function usableMemory(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

/** Containers often have 64 MB of /dev/shm, in which a parallel query soon fails; then files in the cluster serve. */
function sharedMemoryType(): string {
  if (process.platform !== 'linux') return process.platform === 'win32' ? 'windows' : 'posix'
  if (!existsSync('/dev/shm')) return 'mmap'
  const { bsize, blocks } = statfsSync('/dev/shm')
  return bsize * blocks >= 1024 * MB ? 'posix' : 'mmap'
}
