import { readFileSync } from 'node:fs'
import type { Registry } from 'prom-client'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { countProcesses } from '@/bin/web-metrics.mjs'
import { contracts } from '@/lib/api/contracts'
import { explorationLine } from '@/lib/jobs/exploration-queue'
import { bands } from '@/lib/jobs/fair-shares'
import { figureTasks } from '@/lib/jobs/queue'
import { WORKER_KINDS } from '@/lib/jobs/sign-of-life'
import { measureProcess, metrics } from '@/lib/metrics/metrics'
import { JOB_STATES } from '@/lib/operations/data'
import { readSiteMetrics } from '@/lib/operations/site-metrics'

/** What the dashboard and the alerts ask Prometheus, against what the processes expose. */

const dashboardSchema = z.object({
  panels: z.array(
    z.object({
      id: z.int(),
      title: z.string().min(1),
      targets: z.array(z.object({ expr: z.string(), legendFormat: z.string().min(1) })).min(1),
    }),
  ),
})
const rulesSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.object({ summary: z.string().min(20) }),
        }),
      ),
    }),
  ),
})
const { panels } = dashboardSchema.parse(
  JSON.parse(readFileSync('deploy/watch/grafana/vitrine.json', 'utf8')),
)
const rules = rulesSchema
  .parse(parse(readFileSync('deploy/watch/alerts.yml', 'utf8')))
  .groups.flatMap((group) => group.rules)
const questions = [
  ...panels.flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }) => ({ of: title, expr, legendFormat })),
  ),
  ...rules.map(({ alert, expr }) => ({ of: alert, expr, legendFormat: '' })),
]

/** Of each series its labels. */
const known = new Map<string, ReadonlySet<string>>()
const ofPrometheus = ['instance', 'job']

interface Described {
  readonly name: string
  readonly type: string
  readonly labelNames: readonly string[]
}

async function expose(registry: Registry): Promise<void> {
  const described = registry.getMetricsAsArray() as unknown as readonly Described[]
  const types = new Map((await registry.getMetricsAsJSON()).map(({ name, type }) => [name, String(type)]))
  for (const { name, labelNames } of described) {
    const labels = [...labelNames, ...ofPrometheus]
    if (types.get(name) === 'histogram') {
      known.set(`${name}_bucket`, new Set([...labels, 'le']))
      for (const part of ['sum', 'count']) known.set(`${name}_${part}`, new Set(labels))
    } else known.set(name, new Set(labels))
  }
}

beforeAll(async () => {
  measureProcess()
  await expose(metrics().registry)
  await expose(await readSiteMetrics())
  await expose(countProcesses(() => 1).registry)
  known.set('up', new Set(ofPrometheus))
})

interface Selector {
  readonly metric: string
  readonly matchers: readonly (readonly [label: string, operator: string, value: string])[]
}

const grouping = /\b(?:by|without)\s*\(([^)]*)\)/g
const words = new Set(['or', 'and', 'unless', 'on', 'ignoring', 'bool', 'offset'])

/** Enough of PromQL for what is asked here. */
function read(expr: string): {
  readonly selectors: readonly Selector[]
  readonly grouped: readonly string[]
} {
  const grouped = [...expr.matchAll(grouping)].flatMap(([, names]) => names!.split(',').map((n) => n.trim()))
  const rest = expr.replace(grouping, ' ').replace(/\[[^\]]*\]/g, ' ')
  const selectors: Selector[] = []
  // A name, with its matchers, or with the parenthesis that makes it a function.
  const name = /([a-zA-Z_][a-zA-Z0-9_]*)\s*(\{(?:[^"}]|"[^"]*")*\}|\()?/g
  for (const [, metric, what] of rest.matchAll(name)) {
    if (what === '(' || words.has(metric!)) continue
    const matchers = [...(what ?? '').matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g)]
    selectors.push({
      metric: metric!,
      matchers: matchers.map(([, label, operator, value]) => [label!, operator!, value!] as const),
    })
  }
  return { selectors, grouped }
}

/** Labels whose values are known beforehand. */
const values: Readonly<Record<string, readonly string[]>> = {
  band: bands,
  state: JOB_STATES,
  kind: WORKER_KINDS,
  task: [...figureTasks, ...explorationLine.tasks],
  route: Object.values(contracts).map(({ path }) => path),
  method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
}

describe('the dashboard and the alerts', () => {
  it.each(questions)('$of asks for what is exposed: $expr', ({ expr, legendFormat }) => {
    const { selectors, grouped } = read(expr)
    expect(selectors.length).toBeGreaterThan(0)
    for (const { metric, matchers } of selectors) {
      expect([...known.keys()]).toContain(metric)
      for (const [label, operator, value] of matchers) {
        expect([...known.get(metric)!], metric).toContain(label)
        if (operator === '=' && values[label]) expect(values[label]).toContain(value)
      }
    }
    const carried = new Set(selectors.flatMap(({ metric }) => [...known.get(metric)!]))
    for (const label of grouped) expect([...carried]).toContain(label)
    for (const [, label] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) expect(grouped).toContain(label)
  })

  it('show and watch nothing twice', () => {
    for (const names of [
      panels.map(({ id }) => id),
      panels.map(({ title }) => title),
      rules.map(({ alert }) => alert),
    ])
      expect(new Set<string | number>(names).size).toBe(names.length)
  })
})

describe('the reader of questions', () => {
  it('finds names, labels and groups', () => {
    expect(read('sum by (le, a) (rate(x_bucket{b="{c}", d=~"5.."}[5m])) / absent(y) or vector(0)')).toEqual({
      selectors: [
        {
          metric: 'x_bucket',
          matchers: [
            ['b', '=', '{c}'],
            ['d', '=~', '5..'],
          ],
        },
        { metric: 'y', matchers: [] },
      ],
      grouped: ['le', 'a'],
    })
  })
})
