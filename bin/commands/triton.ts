import { mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { ExplainerError } from '@/lib/explainers/errors'
import { bundledSources } from '@/lib/figures/sources'
import { listLanguageModels } from '@/lib/language-folders'
import { findInstalledFolder, findUploadedFolder } from '@/lib/models/model-folder'
import { exportGraph, generalGraphs, graphsOfModel } from '@/lib/models/triton-repository'
import { fromCaller } from './caller-path'

interface ExportOptions {
  readonly model?: readonly string[]
  readonly layers: readonly number[] | null
}

/** `vitrine triton`: what an inference server needs to compute for this installation. */
export function addTritonCommand(program: Command): void {
  const triton = program
    .command('triton')
    .description('an NVIDIA Triton inference server that computes for this installation')
  triton
    .command('export')
    .description('write every graph that the explainers run into a model repository')
    .argument('<folder>', "the server's model repository; what is there already stays")
    .option('--model <name...>', 'names, or paths such as ./model; default: the bundled and installed models')
    .option('--layers <list>', 'layers whose filters can be looked at: all, none, or 1,4', parseLayers, null)
    .action(exportModels)
}

async function exportModels(folder: string, { model, layers }: ExportOptions): Promise<void> {
  const repository = fromCaller(folder)
  const folders = await Promise.all((model ?? (await installedModels())).map(findModel))
  await mkdir(repository, { recursive: true })
  let [count, bytes] = [0, 0]
  const write = async (served: Parameters<typeof exportGraph>[1]) => {
    const exported = await exportGraph(repository, served)
    count += 1
    bytes += exported.bytes
    process.stdout.write(`${exported.name}\t${megabytes(exported.bytes)}\t${exported.purpose}\n`)
  }
  for (const served of generalGraphs()) await write(served)
  for (const each of folders) for await (const served of graphsOfModel(each, layers)) await write(served)
  process.stderr.write(
    `${count} graphs, ${megabytes(bytes)}. Start the server with NVIDIA_TF32_OVERRIDE=0 and ` +
      `tritonserver --model-repository=${repository}, and Vitrine's workers with VITRINE_KSERVE_URL=http://HOST:8000\n`,
  )
}

/** The bundled classifiers, and every language model. */
async function installedModels(): Promise<string[]> {
  const { models } = bundledSources()
  const language = (await listLanguageModels()).map(({ name }) => name)
  const classifiers: string[] = []
  for (const name of await readdir(models)) {
    const files = await readdir(path.join(models, name)).catch(() => [])
    if (files.some((file) => /^model\.(safetensors|onnx)$/.test(file)) && !language.includes(name))
      classifiers.push(name)
  }
  return [...classifiers, ...language]
}

async function findModel(wanted: string): Promise<string> {
  if (/[\\/]/.test(wanted)) return fromCaller(wanted)
  const language = (await listLanguageModels()).find(({ name }) => name === wanted)
  const installed = language?.folder ?? (await findInstalledFolder(wanted, bundledSources().models))
  if (installed) return installed
  const { onDatabase } = await import('./on-database')
  const uploaded = await onDatabase(() => findUploadedFolder(wanted))
  if (uploaded) return uploaded
  const message = `There is no model ${wanted}; there are ${(await installedModels()).join(', ')}, what courses have uploaded, and paths such as ./${wanted}`
  throw new ExplainerError('model-missing', wanted, message)
}

function parseLayers(value: string): readonly number[] | null {
  if (value === 'all') return null
  if (value === 'none') return []
  if (/^\d+(,\d+)*$/.test(value)) return value.split(',').map(Number)
  throw new InvalidArgumentError('It must be all, none, or numbers such as 1,4.')
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
