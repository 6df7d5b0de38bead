import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Command } from 'commander'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { addExplainCommand } from '@/bin/commands/explain'
import { hashOfJson } from '@/lib/explainers/evidence'
import { decodeNpy } from '@/lib/explainers/npy'

const root = process.cwd()
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-explain-'))
  vi.stubEnv('INIT_CWD', folder)
  vi.stubEnv('VITRINE_PROVIDER', 'cpu')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs the command in this process; a refusal is thrown. */
async function explain(...words: string[]): Promise<void> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  addExplainCommand(program)
  await program.parseAsync(['explain', ...words], { from: 'user' })
}

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs it as a person does. */
async function vitrineExplain(...words: string[]): Promise<Outcome> {
  const command = [join(root, 'node_modules/tsx/dist/cli.mjs'), 'bin/vitrine.ts', 'explain', ...words]
  return promisify(execFile)(process.execPath, command, { cwd: root, env: process.env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )
}

const json = async (path: string) => JSON.parse(await readFile(join(folder, path), 'utf8'))
const array = async (path: string) => decodeNpy(await readFile(join(folder, path)))

describe('vitrine explain', () => {
  it('writes figure, manifest, measurements and arrays, and the same again for the same manifest', async () => {
    expect(await vitrineExplain('saliency', '--picture', '2', '--out', 'first')).toMatchObject({
      code: 0,
      stderr: '',
    })
    expect((await readdir(join(folder, 'first'))).toSorted()).toEqual([
      'attribution.npy',
      'figure.png',
      'gradient.npy',
      'input.npy',
      'logits.npy',
      'manifest.json',
      'measurements.json',
    ])
    const { evidence, seconds, ...manifest } = await json('first/manifest.json')
    expect(evidence).toBe(hashOfJson(manifest))
    expect(seconds).toBeGreaterThan(0)
    expect(manifest).toMatchObject({
      method: 'saliency',
      variant: 'homework',
      seed: 16,
      provider: 'cpu',
      precision: 'float32',
      model: { name: 'food-cnn' },
      input: { name: '2.png' },
      parameters: { target: 1 },
    })
    const measurements = await json('first/measurements.json')
    expect(measurements.target).toMatchObject({ index: 1, name: 'Dairy product' })
    expect(Object.keys(measurements.regions)).toEqual(['table', 'milk bottle', 'strawberry'])
    expect(measurements.regions.strawberry.enrichment).toBeGreaterThan(0)

    expect((await array('first/input.npy')).shape).toEqual([3, 128, 128])
    const attribution = await array('first/attribution.npy')
    expect(attribution.shape).toEqual([128, 128])
    expect((await array('first/logits.npy')).shape).toEqual([11])
    const figure = await sharp(join(folder, 'first/figure.png')).metadata()
    expect(figure.hasAlpha).toBe(true)
    expect(figure.width).toBeGreaterThan(1000)

    await explain('saliency', '--picture', '2', '--out', 'second')
    expect((await array('second/attribution.npy')).data).toEqual(attribution.data)
  })

  it('takes a file, a class by name, the variant, and parameters', async () => {
    await sharp(join(root, 'public/pictures/5.png')).jpeg().toFile(join(folder, 'mine.jpg'))
    const words = ['--picture', 'mine.jpg', '--target', 'egg', '--variant', 'paper', '--seed', '7']
    const method = ['integrated-gradients', '--set', 'steps=2', '--out', 'mine']
    await explain(...method, ...words)
    const manifest = await json('mine/manifest.json')
    expect(manifest).toMatchObject({ variant: 'paper', seed: 7, input: { name: 'mine.jpg' } })
    expect(manifest.parameters).toEqual({ target: 3, steps: 2 })
    expect(await json('mine/measurements.json')).not.toHaveProperty('regions')
    expect((await array('mine/attribution.npy')).shape).toEqual([3, 128, 128])
  })

  it("explains the model's first choice for a person's own file", async () => {
    await sharp(join(root, 'public/pictures/9.png')).png().toFile(join(folder, 'soup.png'))
    await explain('saliency', '--picture', 'soup.png', '--out', 'soup')
    expect((await json('soup/manifest.json')).parameters.target).toBe(9)
  })

  it('gives superpixels as whole numbers and a weight for each pixel', async () => {
    const words = ['lime', '--picture', '5', '--set', 'samples=8', '--out', 'lime']
    await explain(...words)
    const superpixels = await array('lime/superpixels.npy')
    expect(superpixels.data).toBeInstanceOf(Int32Array)
    expect(superpixels.shape).toEqual([128, 128])
    expect((await array('lime/weights.npy')).shape).toEqual([128, 128])
    expect(Object.keys((await json('lime/measurements.json')).regions.egg)).toContain('weightPerMille')
  })

  it('leaves nothing of an earlier run beside new results', async () => {
    await explain('saliency', '--picture', '0', '--out', 'again')
    await writeFile(join(folder, 'again/notes.txt'), 'mine')
    await explain('filter-activation', '--picture', '0', '--set', 'layer=2', '--out', 'again')
    const names = await readdir(join(folder, 'again'))
    expect(names).toContain('activation.npy')
    expect(names).toContain('notes.txt')
    expect(names).not.toContain('attribution.npy')
  })
})

describe('a wrong use of vitrine explain is refused with what is allowed, before anything is written', () => {
  const fine = ['--picture', '1', '--out', 'wrong']
  it.each([
    ['unknown method', ['nope', ...fine], /lime, saliency, smooth-grad, integrated-gradients/],
    ['hidden method', ['hidden-superpixels', ...fine], /lime, saliency/],
    ['picture out of range', ['saliency', '--picture', '10', '--out', 'wrong'], /0 to 9/],
    ['negative picture', ['saliency', '--picture', '-1', '--out', 'wrong'], /0 to 9/],
    [
      'missing file',
      ['saliency', '--picture', 'none.png', '--out', 'wrong'],
      /none\.png.*does not exist.*0 to 9/,
    ],
    [
      'file that is no picture',
      ['saliency', '--picture', join(root, 'package.json'), '--out', 'wrong'],
      /png, jpeg/,
    ],
    ['unknown parameter', ['lime', ...fine, '--set', 'bogus=1'], /samples \(1000\)/],
    ['parameter out of range', ['lime', ...fine, '--set', 'samples=1'], /samples.*>=2/],
    ['parameter of another type', ['lime', ...fine, '--set', 'samples=many'], /samples.*number/],
    ['parameter without a value', ['lime', ...fine, '--set', 'samples'], /key=value/],
    ['layer that is not there', ['filter-activation', ...fine, '--set', 'layer=38'], /layer.*<=37/],
    ['filter that is not there', ['filter-activation', ...fine, '--set', 'filter=999'], /filters 0 to 31/],
    ['unknown class', ['saliency', ...fine, '--target', 'Pizza'], /0 Bread, 1 Dairy product/],
    ['class out of range', ['saliency', ...fine, '--target', '11'], /10 Vegetable/],
    ['unknown model', ['saliency', ...fine, '--model', 'nope'], /food-cnn/],
    ['unknown variant', ['saliency', ...fine, '--variant', 'nope'], /homework, paper/],
    ['seed that is no number', ['saliency', ...fine, '--seed', '1.5'], /whole number/],
    ['no folder to write to', ['saliency', '--picture', '1'], /--out/],
    [
      'a file where the folder should be',
      ['saliency', '--picture', '1', '--out', join(root, 'package.json')],
      /is a file/,
    ],
  ])('%s', async (_, words, allowed) => {
    await expect(explain(...words)).rejects.toThrow(allowed)
    expect(await readdir(folder)).not.toContain('wrong')
    expect((await readdir(folder)).filter((name) => name.startsWith('.vitrine'))).toEqual([])
  })

  it.each([
    ['a picture out of range', ['saliency', '--picture', '10', '--out', 'wrong'], /^error: .*0 to 9/],
    ['a missing option', ['saliency', '--picture', '1'], /^error: .*--out <folder>/],
  ])('%s', async (_, words, line) => {
    const { code, stdout, stderr } = await vitrineExplain(...words)
    expect(stderr).toMatch(line)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})
