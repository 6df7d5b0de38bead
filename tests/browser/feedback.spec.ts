import type pg from 'pg'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import {
  assignmentAddress,
  choose,
  expect,
  expectSaved,
  openQuestion,
  submitAndOpenResult,
  test,
} from './people'

/** What food-cnn gives for question 1, so that it does not matter whether the worker has measured it already. */
async function plantVerdict(database: pg.Pool): Promise<void> {
  const values = [
    { subject: 'table', name: { zh: '桌子', en: 'table' }, value: -1.46 },
    { subject: 'milk bottle', name: { zh: '牛奶瓶', en: 'milk bottle' }, value: 0.167 },
    { subject: 'strawberry', name: { zh: '草莓', en: 'strawberry' }, value: -3.77 },
  ]
  const model = { name: 'planted-cnn', sha256: '0'.repeat(64), insteadOf: null }
  const verdict = {
    verdict: 'supported',
    margin: 0.6,
    isThin: false,
    stability: null,
    outcomes: {},
    readings: { weight: { values, model } },
    missing: null,
  }
  await database.query(
    `INSERT INTO "KeyVerdict" ("answerKeyId", "partId", "modelsHash", result)
     SELECT k.id, 'q01', 'planted', $1
     FROM "AnswerKey" k
     JOIN "QuestionVersion" v ON v.id = k."questionVersionId"
     JOIN "Question" q ON q.id = v."questionId"
     WHERE q.slug = 'q01'`,
    [verdict],
  )
}

test('a result says what was measured of the own answer, and points it out in the figure', async ({
  page,
  student,
  signIn,
  database,
}) => {
  test.setTimeout(300_000)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await plantVerdict(database)
  await signIn(page, student)
  await openQuestion(page, 1)
  await choose(page, 'q01-b')
  await expectSaved(page)
  await submitAndOpenResult(page)

  const feedback = page.getByTestId('feedback-q01')
  await expect(feedback).toContainText(
    /You said “The milk bottle .*”\. In this model, the LIME weight summed over the milk bottle is 0\.167 ‰: the smallest in magnitude of three regions .* So it does not hold\./,
  )
  await expect(feedback).toContainText(/The key is “The strawberry .* It holds\./)

  const show = feedback.getByRole('button', { name: 'Show in the figure' })
  await show.first().focus()
  await page.keyboard.press('Enter')
  await expect(show.first()).toHaveAttribute('aria-pressed', 'true')
  const question = page.getByRole('article').filter({ has: feedback })
  await expect(question.getByRole('status').first()).toContainText('milk bottle (solid line)')
  await expect(question.getByRole('status').first()).toContainText('strawberry (dashed line)')
  await expect(
    question.getByRole('img', { name: /Outlined: milk bottle\. Outlined: strawberry\.$/ }),
  ).toHaveCount(2, { timeout: 240_000 })
  await expect(question.getByTestId('region-outlines')).toHaveCount(2)
  await expectNoViolations(page)

  await show.last().click()
  await expect(show.first()).toHaveAttribute('aria-pressed', 'false')
  await expect(question.getByRole('img', { name: /Outlined: strawberry\.$/ })).toHaveCount(2)
  await show.last().click()
  await expect(question.getByTestId('region-outlines')).toHaveCount(0)

  await page.setViewportSize({ width: 360, height: 740 })
  await expectNoSidewaysScroll(page)
  await page.goto(`${assignmentAddress}/result`)
  await expect(feedback).toBeVisible()
})
