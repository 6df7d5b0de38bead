import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { exampleFolder } from '@/lib/authoring/example-folder'
import { packageLibrary } from '@/lib/authoring/package-library'
import { folderFiles, type PackageFiles, readPackage } from '@/lib/authoring/package-reading'
import { comparisonsOf } from '@/lib/explainers/claims/claim'
import { measuredPictures } from '@/lib/explainers/claims/place'
import { subjectsOf } from '@/lib/explainers/claims/subjects'
import { picturesOf } from '@/lib/explainers/figures/spec'
import { measurementsOf } from '@/lib/verification/part-verdict'

const example = await folderFiles(exampleFolder)

/** The example with some of its files changed; null: left out. */
function changed(files: { readonly [file: string]: string | Buffer | null }): PackageFiles {
  return {
    name: 'changed',
    files: [...new Set([...example.files, ...Object.keys(files)])].filter((file) => files[file] !== null),
    read: async (file) => {
      const own = files[file]
      return own === undefined || own === null ? example.read(file) : Buffer.from(own)
    },
  }
}
const document = readFileSync(`${exampleFolder}/assignment.yaml`, 'utf8')
const grey = (side: number, value: number) =>
  sharp(Buffer.alloc(side * side, value), { raw: { width: side, height: side, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()

describe('the example assignment', () => {
  it('has six questions of six points, each with a figure of a picture of its own', async () => {
    const { document, pictures } = await readPackage(example)
    const { questions } = document
    expect(questions).toHaveLength(6)
    const points = questions.flatMap(({ content }) => content.parts.map((part) => part.points))
    expect(points.reduce((sum, each) => sum + each)).toBe(6000)
    const shown = questions.flatMap(({ figure }) => picturesOf(figure!))
    expect([...new Set(shown)].toSorted()).toEqual([...pictures.keys()].toSorted())
    expect(shown).toHaveLength(6)
  })

  it('claims something of what is measured in its figures, for every option', async () => {
    const read = await readPackage(example)
    const library = packageLibrary(read)
    const size = { height: 128, width: 128 }
    for (const { figure, key, content } of read.document.questions)
      for (const part of content.parts) {
        const { evidence } = key[part.id]!
        const measurements = measurementsOf(key[part.id]!)
        const claims = evidence?.kind === 'claims' ? evidence.claims : { it: evidence!.demonstration!.claim }
        if (evidence?.kind === 'claims')
          expect(Object.keys(claims).toSorted()).toEqual(part.options.map(({ id }) => id).toSorted())
        for (const measurement of Object.values(measurements))
          expect(picturesOf(figure!)).toEqual(measuredPictures(measurement))
        for (const comparison of Object.values(claims).flatMap(comparisonsOf)) {
          const measurement = measurements[comparison.of]!
          const [id] = measuredPictures(measurement)
          const regions = (await (await library.find(id!)).regions(size)).map(({ name }) => name)
          const known = subjectsOf(measurement, () => regions).known.map(({ subject }) => subject)
          if ('subject' in comparison) expect(known).toContain(comparison.subject)
        }
      }
  })
})

describe('a package', () => {
  const refusal = (files: Parameters<typeof changed>[0]) =>
    readPackage(changed(files)).then(
      () => 'taken',
      (error: Error) => error.message,
    )

  it('is refused without a document, or with two', async () => {
    expect(await refusal({ 'assignment.yaml': null })).toContain('holds no document')
    expect(await refusal({ 'assignment.json': '{}' })).toContain('assignment.yaml and assignment.json')
  })

  it('is refused with the place of each file that is missing, damaged, or does not fit', async () => {
    expect(await refusal({ 'cheeseblock.png': null })).toContain(
      'pictures[0].file: there is no file cheeseblock.png',
    )
    expect(await refusal({ 'cheeseblock.png': 'no picture' })).toMatch(
      /pictures\[0\]\.file: .*JPEG, PNG or WebP/,
    )
    expect(await refusal({ 'cheeseblock.mask.png': await grey(128, 1) })).toContain(
      'cheeseblock.mask.png is 128×128; expected 256×256',
    )
    expect(await refusal({ 'cheeseblock.mask.png': await grey(256, 1) })).toContain(
      'has no pixel of region 2',
    )
    expect(await refusal({ 'cheeseblock.png': null, 'ricebowl.png': null })).toContain('(and 1 more)')
  })

  it('is refused when a question names a picture that is not among its own, or two have one name', async () => {
    expect(
      await refusal({ 'assignment.yaml': document.replace('name: ricebowl', 'name: soupbowl') }),
    ).toMatch(/questions\[3\]: names the picture "ricebowl"/)
    expect(
      await refusal({ 'assignment.yaml': document.replace('name: ricebowl', 'name: cupcakes') }),
    ).toContain('picture "cupcakes" is there twice')
  })

  it('names no file outside itself', async () => {
    const outside = document.replace('file: ricebowl.png', 'file: ../../.env')
    expect(await refusal({ 'assignment.yaml': outside })).toContain('expected the name of a file')
  })
})
