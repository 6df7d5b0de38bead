import type { Counter, Registry } from 'prom-client'

/** What prom-client's `getMetricsAsJSON` gives. */
type Report = readonly object[]

export class GatheredMetrics {
  receive(id: number, report: Report): void
  end(id: number): void
  reports(): readonly Report[]
}

export function countProcesses(countLiving: () => number): {
  readonly registry: Registry
  readonly ends: Counter
}

export function serveWebMetrics(exposition: {
  readonly port: number
  readonly host?: string
  readonly token?: string
  readonly say: (line: string) => void
}): void
