import type { Server } from 'node:http'

export interface Exposition {
  readonly port: number
  readonly host?: string
  /** What a reader sends as `Authorization: Bearer …`; none: whoever reaches the address may read. */
  readonly token?: string
  readonly contentType: string
  readonly read: () => Promise<string>
  readonly failed: (error: Error) => void
}

export function expositionProblem(host?: string, token?: string): string | null
export function isAuthorized(header?: string, token?: string): boolean
export function serveMetrics(exposition: Exposition): Server
