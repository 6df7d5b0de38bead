import { z } from 'zod'
import { findSelectionProblem } from '@/lib/questions/selection'
import type { KeyedQuestion } from '@/lib/scoring/paper-score'
import { type LocatedText, type Path, parseJson } from './located-text'
import { closedObject, refuse, validate } from './validation'

/**
 * Answers come as one paper, `{ "answers": { "q01": ["q01-a"], … } }`, or as a class,
 * `[{ "student": "s1", "answers": { … } }, …]`. Answers are lists of option ids by part id, in any order; a part that
 * is left out, or whose list is empty, is unanswered.
 */

const answersSchema = z.record(z.string(), z.array(z.string()))
const onePaperSchema = closedObject({ answers: answersSchema })
const classSchema = z.array(closedObject({ student: z.string().min(1), answers: answersSchema })).min(1)

/** Chosen option ids by part id. */
export type Answers = ReadonlyMap<string, readonly string[]>

export type AnswerFile =
  | { readonly kind: 'paper'; readonly answers: Answers }
  | {
      readonly kind: 'class'
      readonly papers: readonly { readonly student: string; readonly answers: Answers }[]
    }

/**
 * @param questions the assignment that is answered
 * @param source name of the text for messages
 * @throws InterchangeError on anything that cannot be scored as it stands: unknown part or option ids, an option named
 * twice, more options than may be chosen, two papers of one student, text that is not JSON or has another shape
 */
export function parseAnswers(json: string, questions: readonly KeyedQuestion[], source: string): AnswerFile {
  const text = parseJson(json, source)
  if (Array.isArray(text.value)) {
    const papers = validate(classSchema, text.value, text)
    refuseSecondPaper(papers, text)
    return {
      kind: 'class',
      papers: papers.map(({ student, answers }, index) => ({
        student,
        answers: checkAnswers(answers, questions, text, [index, 'answers']),
      })),
    }
  }
  const { answers } = validate(onePaperSchema, text.value, text)
  return { kind: 'paper', answers: checkAnswers(answers, questions, text, ['answers']) }
}

function checkAnswers(
  answers: Readonly<Record<string, readonly string[]>>,
  questions: readonly KeyedQuestion[],
  text: LocatedText,
  path: Path,
): Answers {
  const parts = new Map(
    questions.flatMap(({ content }) => content.parts.map((part) => [part.id, part] as const)),
  )
  const problems = Object.entries(answers).flatMap(([partId, chosen]) => {
    const part = parts.get(partId)
    const message = part ? findSelectionProblem(part, chosen) : wordUnknownPart(partId, questions)
    return message === null ? [] : [{ path: [...path, partId], message }]
  })
  if (problems.length > 0) refuse(text, problems)
  return new Map(Object.entries(answers))
}

function wordUnknownPart(partId: string, questions: readonly KeyedQuestion[]): string {
  const question = questions.find(({ slug }) => slug === partId)
  const allowed = question === undefined ? questions : [question]
  const ids = allowed.flatMap(({ content }) => content.parts.map((part) => part.id))
  return `there is no part "${partId}"; allowed are ${ids.join(', ')}`
}

function refuseSecondPaper(papers: readonly { readonly student: string }[], text: LocatedText): void {
  const students = papers.map(({ student }) => student)
  const problems = students.flatMap((student, index) =>
    students.indexOf(student) === index
      ? []
      : [
          {
            path: [index, 'student'],
            message: `student "${student}" has a paper already; one each is allowed`,
          },
        ],
  )
  if (problems.length > 0) refuse(text, problems)
}
