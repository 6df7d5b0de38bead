import { availableParallelism, cpus, freemem, totalmem } from 'node:os'
import type { Command } from 'commander'
import { requireServer } from '@/lib/explainers/runtime/kserve/readiness'
import { measureSpeed } from '@/lib/explainers/runtime/measured-speed'
import { choosePrecision } from '@/lib/explainers/runtime/precision'
import {
  chooseProvider,
  inspectProviders,
  onnxruntimeVersion,
  type ProviderState,
} from '@/lib/explainers/runtime/provider'
import { missingLibraries } from '@/lib/gpu/platform'

/** What helps, by the provider that does not work. */
const remedies: Readonly<Record<ProviderState['provider'], string>> = {
  kserve: 'for a Triton server: vitrine triton export FOLDER, and set VITRINE_KSERVE_URL',
  cuda: 'for an NVIDIA card: vitrine gpu install',
  webgpu: 'for any card: install its Vulkan driver and libvulkan1',
  cpu: 'onnxruntime-node itself cannot run here: install again for this platform',
}

/** `vitrine doctor`: what this machine computes with, why, and how fast. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('which devices compute here, what is in the way of the others, and measured speeds')
    .option('--json', 'print the same as JSON', false)
    .action(async ({ json }: { readonly json: boolean }) => {
      const machine = {
        system: `${process.platform} ${process.arch}`,
        node: process.version,
        onnxruntime: onnxruntimeVersion,
        processor: cpus()[0]?.model.trim() ?? 'unknown',
        cores: availableParallelism(),
        memoryGiB: gibibytes(totalmem()),
        freeGiB: gibibytes(freemem()),
      }
      const providers = []
      for (const { provider, obstacle } of await inspectProviders())
        providers.push({
          provider,
          obstacle,
          missing: provider === 'cuda' ? await missingLibraries() : [],
          server: provider === 'kserve' && obstacle === null ? await describeServer() : null,
          gigaflops: obstacle === null ? Math.round((await measureSpeed(provider)) / 1e9) : null,
        })
      const { provider, reason } = await chooseProvider()
      const chosen = { provider, reason, precision: choosePrecision(provider) }
      process.stdout.write(
        json
          ? `${JSON.stringify({ machine, providers, chosen }, null, 2)}\n`
          : inWords({ machine, providers, chosen }),
      )
    })
}

interface Finding extends ProviderState {
  /** Libraries that the provider needs, once it is in place, and the loader does not find. */
  readonly missing: readonly string[]
  /** Name, version and address of an inference server. */
  readonly server: string | null
  readonly gigaflops: number | null
}

interface Findings {
  readonly machine: Readonly<Record<string, string | number>>
  readonly providers: readonly Finding[]
  readonly chosen: { readonly provider: string; readonly reason: string; readonly precision: string }
}

function inWords({ machine, providers, chosen }: Findings): string {
  const { system, node, onnxruntime, processor, cores, memoryGiB, freeGiB } = machine
  return [
    `${system}, Node ${node}, onnxruntime ${onnxruntime}`,
    `${processor}, ${cores} cores, ${memoryGiB} GiB of memory (${freeGiB} free)`,
    '',
    ...providers.flatMap(({ provider, obstacle, gigaflops, missing, server }) =>
      obstacle === null
        ? [`  ✓ ${provider}: ${gigaflops} GFLOP/s in float32${server ? ` (${server})` : ''}`]
        : [`  ✕ ${provider}: ${obstacle}`, `    ${remedyFor(provider, missing)}`],
    ),
    '',
    `Figures are computed by ${chosen.provider} in ${chosen.precision} (${chosen.reason}).`,
    '',
  ].join('\n')
}

function remedyFor(provider: ProviderState['provider'], missing: readonly string[]): string {
  return missing.length > 0 ? `not on the library path: ${missing.join(', ')}` : remedies[provider]
}

async function describeServer(): Promise<string> {
  const { name, version } = await requireServer()
  return `${name} ${version} at ${process.env.VITRINE_KSERVE_URL}`
}

function gibibytes(bytes: number): number {
  return Number((bytes / 2 ** 30).toFixed(1))
}
