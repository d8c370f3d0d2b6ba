import type { Database } from '../kernel/database.ts'
import type { Permission } from '../kernel/permissions.ts'
import type { Caller, Callers, Identity, RequestLimits } from '../modules/identity/index.ts'
import type { ImportRequest, Uploads } from '../modules/intake/index.ts'
import type { ProofRun } from '../modules/proofs/index.ts'
import type { Reach } from '../modules/webhooks/index.ts'
import type { ImportStreams } from './import-events.ts'

/** What every request handler works with. */
export type Workplace = {
  database: Database
  version: string
  /** Where uploaded files wait for their import. */
  uploads: Uploads
  imports: { start(companyId: bigint, request: ImportRequest): void }
  /** Who follows imports just now. */
  streams: ImportStreams
  /** Seals, runs every check now, and keeps what it found. */
  prove(database: Database, companyId: bigint): Promise<ProofRun>
  /** The right to make a sample company, undefined while another is being made; and its making beside the requests. */
  samples: {
    claim(): Promise<{ release(): Promise<void> } | undefined>
    start(companyId: bigint, claim: { release(): Promise<void> }): void
  }
  identity: Identity
  /** Whether letters are sent: then an invited person gets one. */
  sendsMail: boolean
  callers: Callers
  /** Of those who signed in, and of everybody else. */
  limits: RequestLimits
  unknownLimits: RequestLimits
  /** The names, without port, that this server answers to. */
  hosts: ReadonlySet<string>
  /** Whether a proxy that is trusted says where requests come from. */
  behindProxy: boolean
  log: (line: string) => void
  /** Where webhooks may be sent beside the public network. */
  reach: Reach
}

/** What the middleware has found out by the time that a handler runs. */
export type Environment = {
  Variables: {
    companyId: bigint
    workplace: Workplace
    /** Where the request comes from. */
    address: string
    /** Who signed in, if anybody did. */
    caller?: Caller
    /** What the caller may do in the company of the address. */
    permissions?: ReadonlySet<Permission>
  }
}
