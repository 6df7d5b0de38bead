import { readAssignment } from '@/lib/interchange/service'
import { choose, expect, expectSaved, openQuestion, option, submitAndOpenResult, test } from './people'

test('a student who answers all 30 questions rightly reads 10.00', async ({ page, student, signIn }) => {
  test.setTimeout(240_000)
  const { questions } = await readAssignment()
  await signIn(page, student)
  await openQuestion(page, 1)
  for (const [index, question] of questions.entries()) {
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`Question ${index + 1} of 30`)
    for (const part of question.content.parts)
      for (const id of question.key[part.id]!.correct) await choose(page, id)
    if (index + 1 < questions.length) await page.getByRole('link', { name: 'Next' }).click()
  }
  await expectSaved(page)
  await page.getByRole('link', { name: 'Review' }).click()
  await expect(page.getByText('Every part is answered.').first()).toBeVisible()
  await submitAndOpenResult(page)
  await expect(page.getByTestId('total')).toHaveText('10.00')
  await expect(page.getByRole('img', { name: 'Full points' })).toHaveCount(32)
})

test('wrong, partial and missing answers earn what the rules give', async ({ page, student, signIn }) => {
  const { questions } = await readAssignment()
  const partOf = (slug: string, part = 0) => {
    const question = questions.find((candidate) => candidate.slug === slug)!
    const { id, options } = question.content.parts[part]!
    const { correct } = question.key[id]!
    return { correct, wrong: options.map((o) => o.id).filter((o) => !correct.includes(o)) }
  }
  await signIn(page, student)
  // Right: 0.3.
  await openQuestion(page, 4)
  await choose(page, partOf('q04').correct[0]!)
  // Wrong: 0.
  await openQuestion(page, 1)
  await choose(page, partOf('q01').wrong[0]!)
  // One of two, all or nothing: 0.
  await openQuestion(page, 2)
  await choose(page, partOf('q02').correct[0]!)
  await expect(page.getByText('Choose two (1 chosen)')).toBeVisible()
  // First part right, second wrong: 0.2 of 0.4.
  await openQuestion(page, 23)
  await choose(page, partOf('q23').correct[0]!)
  await choose(page, partOf('q23', 1).wrong[0]!)
  await expectSaved(page)

  await page.goto('/courses/explainable-ai/hw9/review')
  await expect(page.getByText('26 questions have no answer yet.')).toBeVisible()
  await expect(page.getByText('1 question is only begun.')).toBeVisible()
  await submitAndOpenResult(page)
  await expect(page.getByTestId('total')).toHaveText('0.50')

  // After submission the answers are closed, on the pages too.
  await page.goto('/courses/explainable-ai/hw9/questions/4')
  await expect(option(page, partOf('q04').correct[0]!)).toBeDisabled()
})
