import { writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { openSite } from './school/site'
import { playTerm, type Term } from './school/term'

/**
 * Simulated students answer the whole assignment on the real site while a fifth of their requests is lost, doubled,
 * delayed or reordered, and server and database are killed again and again. A ledger of everything that was acknowledged
 * is compared with the database at the end. Ends with status 1 unless nothing is lost, wrong, or scored other than once.
 *
 *   npm run bench:chaos -- [--students 1000] [--kills 3] [--report docs/chaos.md]
 */

const { values } = parseArgs({
  options: {
    students: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '3' },
    'at-once': { type: 'string', default: '150' },
    report: { type: 'string' },
  },
})

const project = path.resolve(import.meta.dirname, '../..')
const MISHAPS = 0.2

async function main(): Promise<void> {
  const [students, kills] = [Number(values.students), Number(values.kills)]
  const site = await openSite(project, { students })
  try {
    let shown = 0
    const term = await playTerm(site, {
      mishaps: MISHAPS,
      atOnce: Math.min(students, Number(values['at-once'])),
      kills: Array.from({ length: kills }, (_, index) => [
        { victim: 'web' as const, at: (index + 0.2) / kills },
        { victim: 'app' as const, at: (index + 0.5) / kills },
        { victim: 'postgres' as const, at: (index + 0.8) / kills },
      ]).flat(),
      onProgress: (share) => {
        if (Math.floor(share * 10) > shown) console.log(`${++shown * 10} % of the answers are given`)
      },
    })
    const report = reportOf(term, students, site.parts.length, kills)
    console.log(`\n${report}`)
    if (values.report) await writeFile(values.report, report)
    const { lost, wrong, scoring, refusals } = term.verdict
    for (const line of [...lost, ...wrong, ...scoring, ...refusals].slice(0, 20)) console.error(line)
    process.exitCode = lost.length + wrong.length + scoring.length + refusals.length === 0 ? 0 : 1
  } finally {
    await site.close()
  }
}

function reportOf(
  { verdict, network, seconds }: Term,
  students: number,
  parts: number,
  kills: number,
): string {
  const { counts } = network
  const rows: readonly (readonly [string, string | number])[] = [
    ['students × parts', `${number(students)} × ${parts}`],
    ['kill -9 of one web process, of all of them, of PostgreSQL', `${kills}, ${kills}, ${kills}`],
    ['requests lost on the way there', counts['request-lost']],
    ['answers lost on the way back', counts['answer-lost']],
    ['requests doubled', counts.doubled],
    ['requests delayed up to 2 s', counts.delayed],
    ['copies that arrived up to 4 s later, behind newer ones', counts['late-copy']],
    ['saves acknowledged', verdict.acknowledgements],
    ['changes in the history', verdict.events],
    ['**answers lost**', `**${verdict.lost.length}**`],
    ['**answers wrong**', `**${verdict.wrong.length}**`],
    ['**attempts not submitted and scored exactly once**', `**${verdict.scoring.length}**`],
    ['saves refused that should not have been', verdict.refusals.length],
    ['duration', `${Math.round(seconds)} s`],
  ]
  return [
    '# Chaos bench',
    '',
    `Made by \`npm run bench:chaos\` on ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} processors (${cpus()[0]?.model.trim()}), Node ${process.versions.node}, server, database and students on the same machine.`,
    '',
    'Every student starts, answers every part, changes a quarter of the answers and submits three times; one in ten works on two devices at once. Each device runs the browser’s own state machine. The ledger holds every acknowledgement that a student received; it is compared with the stored answers, with the append-only history, with what the student saw last, and with receipts and scores.',
    '',
    '| | |',
    '|---|---:|',
    ...rows.map(([name, value]) => `| ${name} | ${typeof value === 'number' ? number(value) : value} |`),
    '',
  ].join('\n')
}

function number(value: number): string {
  return value.toLocaleString('en-GB')
}

await main()
