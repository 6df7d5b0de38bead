import path from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { packageLibrary } from '@/lib/authoring/package-library'
import { folderFiles, readPackage } from '@/lib/authoring/package-reading'
import { ownDataFolder } from '@/lib/data-folder'
import { formatNumber } from '@/lib/explainers/claims/number-format'
import { ExplainerError } from '@/lib/explainers/errors'
import type { ReportProgress } from '@/lib/explainers/evidence'
import { joinLibraries } from '@/lib/explainers/pictures/library'
import { bundledSources, type FigureSources } from '@/lib/figures/sources'
import type { AssignmentDocument } from '@/lib/interchange/assignment-document'
import { readAssignment } from '@/lib/interchange/service'
import type { PartKey, QuestionPart } from '@/lib/questions/content'
import { checkPart, type PartVerdict } from '@/lib/verification/part-verdict'
import { readingFrom, readingsInFolder } from '@/lib/verification/reading-store'
import { describeMissing, explainVerdict, verdictMarks } from '@/lib/verification/wording'
import { Workbench } from '@/lib/verification/workbench'
import { fromCaller } from './caller-path'
import { showProgress } from './progress-line'

interface VerifyOptions {
  readonly assignment?: string
  readonly model: readonly string[]
  readonly part: readonly string[]
  readonly seeds: number
  readonly json?: true
}

/** LIME with 1,000 samples takes seconds a picture and seed; readings are kept, so that a second run takes none. */
const defaultSeeds = 3

/** `vitrine verify`: does the model behave as the answer key says? Code 1 where it does not and no reason is given. */
export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('check the answer key against the models')
    .option('--assignment <file>', 'assignment in YAML; the one that comes with Vitrine by default')
    .option(
      '--model <name>',
      'an installed model, or a path, in place of those of its kind; may be repeated',
      (value: string, known: readonly string[]) => [
        ...known,
        /[\\/]/.test(value) ? fromCaller(value) : value,
      ],
      [],
    )
    .option(
      '--part <id>',
      'check this part only; may be repeated',
      (value: string, known: readonly string[]) => [...known, value],
      [],
    )
    .option('--seeds <count>', 'seeds to try where chance takes part', parseSeeds, defaultSeeds)
    .option('--json', 'print verdicts, outcomes and readings as JSON')
    .action(verify)
}

/** @returns what comes with Vitrine, and the pictures that an assignment's file names. @throws InterchangeError */
async function sourcesBeside(assignment: string): Promise<FigureSources> {
  const own = packageLibrary(await readPackage(await folderFiles(path.dirname(assignment))))
  const bundled = bundledSources()
  return { ...bundled, pictures: joinLibraries(bundled.pictures, own) }
}

interface CheckedPart {
  readonly part: QuestionPart
  readonly key: PartKey
  readonly verdict: PartVerdict
}

async function verify({ assignment, model, part, seeds, json }: VerifyOptions): Promise<void> {
  const document = await readAssignment(assignment)
  const parts = partsOf(document, part)
  const progress = showProgress(process.stderr)
  const report: ReportProgress = (step, done, total) => progress.report(step, done, total)
  const bench = await Workbench.open({
    models: model,
    progress: report,
    ...(document.pictures && { sources: await sourcesBeside(assignment!) }),
  })
  const store = readingsInFolder(path.join(ownDataFolder(), 'readings'))
  const checked: CheckedPart[] = []
  try {
    for (const { part, key } of parts) {
      const verdict = await checkPart(key, (wanted) => readingFrom(store, bench, wanted), seeds)
      checked.push({ part, key, verdict })
      progress.end()
      if (json) continue
      if (checked.length === 1) process.stdout.write(`${row(columns)}\n`)
      process.stdout.write(lineOf({ part, key, verdict }))
    }
  } finally {
    progress.end()
    await bench.close()
  }
  if (json) process.stdout.write(`${JSON.stringify(checked.map(asJson), null, 2)}\n`)
  else process.stdout.write(summaryOf(checked))
  if (checked.some(isUnexplained)) process.exitCode = 1
}

function partsOf(document: AssignmentDocument, wanted: readonly string[]) {
  const all = document.questions.flatMap(({ content, key }) =>
    content.parts.map((part) => ({ part, key: key[part.id]! })),
  )
  const unknown = wanted.find((id) => all.every(({ part }) => part.id !== id))
  if (unknown !== undefined) {
    const known = all.map(({ part }) => part.id).join(', ')
    throw new ExplainerError('invalid-parameter', 'part', `There is no part ${unknown}; there are ${known}`)
  }
  return wanted.length === 0 ? all : all.filter(({ part }) => wanted.includes(part.id))
}

/** Contradicted, and nobody has said why the key stands. */
function isUnexplained({ key: { evidence }, verdict: { verdict } }: CheckedPart): boolean {
  return verdict === 'contradicted' && !(evidence?.kind === 'claims' && evidence.accepted)
}

const columns = ['part', 'verdict', 'margin', 'seeds', 'key', 'true of the model', 'measured on'] as const
const widths = [8, 18, 9, 18, 22, 22, 0] as const

function row(cells: readonly string[]): string {
  return cells
    .map((cell, index) => cell.padEnd(widths[index] ?? 0))
    .join('')
    .trimEnd()
}

function lineOf({ part, key, verdict }: CheckedPart): string {
  const letters = (ids: readonly string[]) => ids.map((id) => id.slice(part.id.length + 1) || id).join(' ')
  const trueOnes = Object.entries(verdict.outcomes).flatMap(([id, { holds }]) => (holds ? [id] : []))
  const missing = describeMissing(verdict)
  const notes = [
    ...(missing ? [`${missing.message.en}${missing.command ? ` To mend it: ${missing.command}` : ''}`] : []),
    ...(key.evidence?.kind === 'claims' && verdict.verdict === 'contradicted'
      ? [key.evidence.accepted ? `Recorded reason: ${key.evidence.accepted.en}` : 'No reason is recorded.']
      : []),
    ...(key.evidence?.kind === 'claims' && key.evidence.disputed
      ? [`Disputed: ${key.evidence.disputed.en}`]
      : []),
  ]
  const demonstration = verdict.outcomes.demonstration
  const line = row([
    part.label,
    `${verdictMarks[verdict.verdict]} ${verdict.verdict}`,
    verdict.margin === null ? '' : `${verdict.isThin ? '~' : ''}${formatNumber(verdict.margin)}`,
    stabilityOf(verdict),
    letters(key.correct),
    demonstration ? (demonstration.holds ? 'demonstrated' : 'not demonstrated') : letters(trueOnes),
    modelsOf(verdict).join(', '),
  ])
  return `${[line, ...notes.map((note) => `${' '.repeat(widths[0])}${note}`)].join('\n')}\n`
}

function stabilityOf({ stability }: PartVerdict): string {
  if (!stability) return ''
  const spread = stability.spread === null ? '' : ` ±${formatNumber(stability.spread)}`
  return `${stability.agreeing}/${stability.seeds}${spread}`
}

function modelsOf({ readings }: PartVerdict): string[] {
  const names = Object.values(readings).map(({ model }) =>
    model.insteadOf ? `${model.name} (for ${model.insteadOf})` : model.name,
  )
  return [...new Set(names)]
}

function summaryOf(checked: readonly CheckedPart[]): string {
  const counts = Object.keys(verdictMarks).map(
    (name) => `${checked.filter(({ verdict }) => verdict.verdict === name).length} ${name}`,
  )
  const unexplained = checked.filter(isUnexplained).map(({ part }) => part.label)
  const closing =
    unexplained.length === 0
      ? ''
      : `Contradicted without a recorded reason: ${unexplained.join(', ')}. Give one as evidence.accepted, or mend the key.\n`
  return `\n${checked.length} parts: ${counts.join(', ')}. ~ marks a margin under its spread over the seeds.\n${closing}`
}

function asJson({ part, key, verdict }: CheckedPart) {
  const accepted = key.evidence?.kind === 'claims' ? (key.evidence.accepted ?? null) : null
  const disputed = key.evidence?.kind === 'claims' ? (key.evidence.disputed ?? null) : null
  return {
    part: part.id,
    label: part.label,
    correct: key.correct,
    ...verdict,
    why: explainVerdict(key, verdict),
    missing: verdict.missing && { ...verdict.missing, ...describeMissing(verdict) },
    accepted,
    disputed,
  }
}

function parseSeeds(value: string): number {
  if (/^([1-9]|[1-4]\d|50)$/.test(value)) return Number(value)
  throw new InvalidArgumentError('It must be a whole number from 1 to 50.')
}
