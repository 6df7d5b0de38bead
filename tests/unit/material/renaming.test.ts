import { describe, expect, it } from 'vitest'
import type { AssignmentQuestion } from '@/lib/interchange/assignment-document'
import { readAssignment } from '@/lib/interchange/service'
import { renameMaterial } from '@/lib/material/renaming'
import { uploadedPictures } from '@/lib/questions/named-pictures'

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

describe('pictures and models that get other names', () => {
  it('are called by them wherever a question speaks of them, and nowhere else', async () => {
    for (const question of (await readAssignment()).questions) {
      const uploaded = asUploaded(question)
      const renamed = renameMaterial(uploaded, {
        picture: (name) => name.replace('uploaded', 'other'),
        model: (name) => name,
      })
      expect(JSON.stringify(renamed)).toBe(JSON.stringify(uploaded).replaceAll('"uploaded', '"other'))
      expect(uploadedPictures(renamed.figure, renamed.key)).toEqual(
        uploadedPictures(uploaded.figure, uploaded.key).map((name) => name.replace('uploaded', 'other')),
      )
    }
  })

  it('are no bundled pictures', async () => {
    for (const question of (await readAssignment()).questions)
      expect(renameMaterial(question, { picture: () => 'otherpicture', model: (name) => name })).toEqual(
        question,
      )
  })

  it('are renamed in the figure alone where they are models', async () => {
    for (const question of (await readAssignment()).questions) {
      const { figure, key } = renameMaterial(question, { picture: (name) => name, model: () => 'other' })
      expect(figure).toEqual(question.figure && { ...question.figure, model: 'other' })
      expect(key).toEqual(question.key)
    }
  })
})
