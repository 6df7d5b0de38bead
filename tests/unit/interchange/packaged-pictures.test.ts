import { describe, expect, it } from 'vitest'
import type { AssignmentQuestion } from '@/lib/interchange/assignment-document'
import { renamePictures } from '@/lib/interchange/packaged-pictures'
import { readAssignment } from '@/lib/interchange/service'
import { makeZip } from '@/lib/interchange/zip-writing'
import { uploadedPictures } from '@/lib/questions/named-pictures'
import { makeZip as makeTestZip } from '../../integration/server/zip-making'

/** A bundled question as if each of its pictures had been uploaded. */
const asUploaded = (question: AssignmentQuestion): AssignmentQuestion =>
  JSON.parse(
    JSON.stringify(question)
      .replace(/"picture":(\d)/g, '"picture":"uploaded$1"')
      .replace(/"pictures":\[([\d,]+)\]/g, (_, list: string) => {
        const names = list.split(',').map((number) => `"uploaded${number}"`)
        return `"pictures":[${names.join()}]`
      })
      .replace(
        /("of":"(?:largest|overlap|disagreement|scale|gradients?)","subject":")(\d)"/g,
        '$1uploaded$2"',
      ),
  )

describe('pictures that get other names', () => {
  it('get them wherever a question speaks of them, and nowhere else', async () => {
    for (const question of (await readAssignment()).questions) {
      const uploaded = asUploaded(question)
      const renamed = renamePictures(uploaded, (name) => name.replace('uploaded', 'other'))
      expect(JSON.stringify(renamed)).toBe(JSON.stringify(uploaded).replaceAll('"uploaded', '"other'))
      expect(uploadedPictures(renamed.figure, renamed.key)).toEqual(
        uploadedPictures(uploaded.figure, uploaded.key).map((name) => name.replace('uploaded', 'other')),
      )
    }
  })

  it('leaves bundled pictures alone', async () => {
    for (const question of (await readAssignment()).questions)
      expect(renamePictures(question, () => 'otherpicture')).toEqual(question)
  })
})

describe('a zip', () => {
  it('is byte for byte as the tests’ own writer makes it, but for date and the mark of UTF-8', () => {
    const files = [
      { name: 'assignment.json', bytes: Buffer.from('{}') },
      { name: 'pictures/a.png', bytes: Buffer.from([1, 2, 3]) },
    ]
    const [one, other] = [makeZip(files), Buffer.from(makeTestZip(files))]
    expect(one.length).toBe(other.length)
    const differing = [...one.keys()].filter((place) => one[place] !== other[place])
    // Flags and date, in each of two headers of each file; "made by" in each of the directory's.
    expect(differing.length).toBeLessThanOrEqual(4 * 2 + 2)
  })
})
