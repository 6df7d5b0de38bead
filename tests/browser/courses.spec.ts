import { randomUUID } from 'node:crypto'
import { expectNoViolations } from './accessibility'
import { choose, expect, option, saveLine, test } from './people'

/** Two parts without a figure, the last option of the first one pinned. */
const assignmentFile = `
course: { slug: from-a-file, title: { zh: 檔案, en: File } }
assignment:
  slug: from-a-file
  title: { zh: 小考, en: Short quiz }
  introduction: { zh: 兩題。, en: Two questions. }
  scoreRelease: ON_SUBMIT
  keyRelease: ON_SUBMIT
questions:
  - id: q01
    topic: lime
    prompt: { zh: 選對的, en: Choose the right one }
    figure: null
    choose: one
    points: 500
    options:
      - { id: right, correct: true, zh: 對, en: Right }
      - { id: wrong-1, zh: 錯一, en: Wrong one }
      - { id: wrong-2, zh: 錯二, en: Wrong two }
      - { id: wrong-3, zh: 錯三, en: Wrong three }
      - { id: none, pinned: true, zh: 以上皆非, en: None of these }
    explanation: { zh: 因為對。, en: Because it is right. }
  - id: q02
    topic: lime
    prompt: { zh: 選對的兩個, en: Choose the right two }
    figure: null
    choose: 2
    points: 500
    options:
      - { id: first, correct: true, zh: 甲, en: First }
      - { id: second, correct: true, zh: 乙, en: Second }
      - { id: third, zh: 丙, en: Third }
      - { id: fourth, zh: 丁, en: Fourth }
    explanation: { zh: 因為對。, en: Because they are right. }
`

const instructor = { email: 'instructor@vitrine.example', password: 'instructor-demo' }

test('an instructor makes a course and an assignment, enrols by table, and the invited student works in it', async ({
  page,
  browser,
  signIn,
  database,
}) => {
  const slug = `c-${randomUUID().slice(0, 8)}`
  const email = `${slug}@test.example`
  try {
    await signIn(page, instructor)
    await page.getByRole('link', { name: 'New course' }).click()
    await page.getByRole('textbox', { name: '中文' }).fill('新的課程')
    await page.getByRole('textbox', { name: 'English' }).fill('A new course')
    await page.getByLabel('Name in the address').fill(slug)
    await page.getByRole('button', { name: 'Make the course' }).click()

    await page.waitForURL(`**/courses/${slug}/staff`)
    await page.getByRole('radio', { name: 'A file' }).check()
    await page.getByLabel('Name in the address').fill('quiz')
    await page
      .getByLabel('Assignment file')
      .setInputFiles({ name: 'quiz.yaml', mimeType: 'text/yaml', buffer: Buffer.from(assignmentFile) })
    await page.getByRole('button', { name: 'Make the assignment' }).click()

    await page.waitForURL(`**/courses/${slug}/quiz/staff/settings`)
    await page.getByLabel('State', { exact: true }).selectOption('PUBLISHED')
    await page.getByRole('checkbox', { name: /Shuffle the options/ }).check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
    await expectNoViolations(page)

    await page.goto(`/courses/${slug}/staff/people`)
    await page
      .getByRole('textbox', { name: 'Table' })
      .fill(`email,name,role\nnonsense,X,student\n${email},Yi-Chen Wu,student`)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await expect(page.getByText('Line 2: this is no email address: “nonsense”')).toBeVisible()
    await page.getByRole('textbox', { name: 'Table' }).fill(`email,name,role\n${email},Yi-Chen Wu,student`)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await expect(page.getByText(/^Would make 1 account/)).toBeVisible()
    await page.getByRole('button', { name: 'Enrol', exact: true }).click()
    const link = await page.getByTestId('invitation-link').textContent()
    await expectNoViolations(page)

    const context = await browser.newContext({ locale: 'en-GB' })
    const student = await context.newPage()
    await student.goto(link!)
    await expect(student.getByRole('heading', { level: 1 })).toHaveText('Welcome, Yi-Chen Wu')
    await student.getByLabel('Choose a password').fill('a long enough one')
    await student.getByLabel('Once more').fill('a long enough one')
    await student.getByRole('button', { name: 'Set the password and sign in' }).click()

    // The only assignment of the only course: the start page leads there.
    await student.waitForURL(`**/courses/${slug}/quiz`)
    await student.getByRole('button', { name: 'Start', exact: true }).click()
    await student.waitForURL(/\/questions\/1$/)
    const shown = await student
      .locator('input[type=radio][value]')
      .evaluateAll((inputs) =>
        inputs
          .map((input) => (input as HTMLInputElement).value)
          .filter((value) => /^(right|wrong|none)/.test(value)),
      )
    expect([...shown].sort()).toEqual(['none', 'right', 'wrong-1', 'wrong-2', 'wrong-3'])
    expect(shown.at(-1)).toBe('none')
    // The key of the option's number as it is shown.
    await expect(option(student, 'right')).toBeEnabled()
    await student.keyboard.press(String(shown.indexOf('right') + 1))
    await expect(option(student, 'right')).toBeChecked()
    await expect(saveLine(student)).toHaveText(/^Saved/)
    await student.goto(`/courses/${slug}/quiz/questions/2`)
    await choose(student, 'second')
    await choose(student, 'first')
    await expect(saveLine(student)).toHaveText(/^Saved/)
    await student.goto(`/courses/${slug}/quiz/review`)
    await student.getByRole('button', { name: 'Submit', exact: true }).click()
    await student.getByRole('button', { name: 'Submit now' }).click()
    await student.getByRole('link', { name: 'See result' }).click()
    await expect(student.getByTestId('total')).toContainText('1')
    await student.goto(link!)
    await expect(student.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
    await context.close()
  } finally {
    await database.query(`DELETE FROM "User" WHERE email = $1`, [email])
    await database.query(`DELETE FROM "Course" WHERE slug = $1`, [slug])
  }
})
