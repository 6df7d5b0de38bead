'use client'

import { usePreferences } from '@/app/components/preferences'
import type { Messages } from '@/app/messages/messages'
import type { EvidenceManifest, Json } from '@/lib/explainers/evidence'
import { formatNumber } from '@/lib/explainers/figures/number-format'
import type { FigureView } from '@/lib/figures/view'
import { trustMessages } from './trust-messages'

/** How a figure was made, from its manifest: one line for each kind of evidence, as on a museum's plaque. */
export function Plaque({ view, id }: { view: FigureView; id: string }) {
  const { messages, language } = usePreferences()
  const { plaque } = messages
  const nameOf = (method: string): string => {
    const [, tested] = /^trust-(.+)$/.exec(method) ?? []
    return tested
      ? trustMessages[language.interface].testsOf(nameOf(tested))
      : (plaque.methods[method] ?? method)
  }
  const kinds = groupEvidence(view)
  return (
    <section
      id={id}
      aria-label={plaque.title}
      className="border-t bg-raised px-5 py-4 text-13"
      data-testid="plaque"
    >
      <p className="text-quiet">{plaque.reproducible}</p>
      <ul className="mt-3 grid gap-3">
        {kinds.map(({ manifest, inputs, key }) => (
          <li key={key} className="border-l-2 border-accent pl-3">
            <p className="text-15 font-[560]">{nameOf(manifest.method)}</p>
            <p className="mt-0.5 leading-relaxed text-quiet">
              {factsOf(manifest, plaque).join(' · ')}
              <br />
              {[plaque.input, inputs.join(', ')].join(messages.common.colon)}
            </p>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-quiet">
        {plaque.time} {plaque.seconds(formatNumber(view.seconds))} · {plaque.name}{' '}
        <code className="font-mono text-[0.75rem] break-all">{view.figureId.slice(0, 12)}</code>
      </p>
    </section>
  )
}

interface EvidenceKind {
  readonly key: string
  readonly manifest: EvidenceManifest
  readonly inputs: string[]
}

/** Evidence that differs only in what was explained is said once. */
function groupEvidence(view: FigureView): EvidenceKind[] {
  const kinds = new Map<string, EvidenceKind>()
  for (const { manifest } of view.manifest.evidence) {
    const { input, ...rest } = manifest
    // The class that is explained goes with the picture.
    const key = JSON.stringify({ ...rest, parameters: { ...rest.parameters, target: null } })
    const kind = kinds.get(key)
    if (!kind) kinds.set(key, { key, manifest, inputs: [input.name] })
    else if (!kind.inputs.includes(input.name)) kind.inputs.push(input.name)
  }
  return [...kinds.values()]
}

/** Methods for text draw no random numbers, so that their seed says nothing. */
const withoutChance: ReadonlySet<string> = new Set([
  'attention',
  'masked-prediction',
  'corpus-search',
  'embedding-space',
  'embedding-similarity',
])

/** @returns null for a setting that is not said in words. */
function wordSetting(value: Json | undefined): string | null {
  if (typeof value === 'number') return value.toLocaleString('en')
  if (typeof value === 'string') return value
  if (Array.isArray(value)) {
    const numbers = value.filter((each) => typeof each === 'number')
    return numbers.length > 0 && numbers.length === value.length ? numbers.join(', ') : null
  }
  if (value && typeof value === 'object' && 'words' in value && 'name' in value)
    return `${value.name}, ${Number(value.words).toLocaleString('en')} words`
  return null
}

/** "1,000 samples · seed 16 · food-cnn 3f2a… · CPU float32" */
function factsOf(manifest: EvidenceManifest, plaque: Messages['plaque']): string[] {
  // In the order of the dictionary: what matters most comes first.
  const order = Object.keys(plaque.settings)
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const given = Object.entries(manifest.parameters).sort(([a], [b]) => rank(a) - rank(b))
  const settings = given.flatMap(([name, value]) => {
    const shown = wordSetting(value)
    if (shown === null) return []
    const worded = plaque.settings[name]?.(shown)
    // Lists that have no words of their own are details of a method.
    return worded === undefined && typeof value === 'object' ? [] : [worded ?? `${name} ${shown}`]
  })
  return [
    plaque.variants[manifest.variant],
    ...settings,
    ...(withoutChance.has(manifest.method) ? [] : [plaque.seed(manifest.seed)]),
    ...[manifest.model, ...(manifest.otherModels ?? [])].map(
      ({ name, sha256 }) => `${name} ${sha256.slice(0, 4)}…`,
    ),
    `${manifest.provider.toUpperCase()} ${manifest.precision}`,
    ...(manifest.precisionError === undefined
      ? []
      : [plaque.precisionError(manifest.precisionError.toExponential(1))]),
    ...(manifest.server ? [`${manifest.server.name} ${manifest.server.version}`] : []),
    ...(manifest.insteadOf ? [plaque.insteadOf(manifest.insteadOf.toUpperCase())] : []),
    `onnxruntime ${manifest.versions.onnxruntime}`,
  ]
}
