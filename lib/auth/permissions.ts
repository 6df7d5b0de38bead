/**
 * The permission matrix: which role of a course may do what in it, and who may do what on the site. docs/permissions.md is
 * made from this.
 */

export const roles = ['STUDENT', 'TA', 'INSTRUCTOR'] as const
export type Role = (typeof roles)[number]

const everyone = ['STUDENT', 'TA', 'INSTRUCTOR'] as const
const students = ['STUDENT'] as const
const staff = ['TA', 'INSTRUCTOR'] as const
const instructors = ['INSTRUCTOR'] as const

export const permissions = {
  'course.read': { roles: everyone, meaning: 'See that the course exists, its title and its assignments' },
  'assignment.read': { roles: everyone, meaning: 'See an assignment: what it is, points, dates' },
  'attempt.start': { roles: students, meaning: 'Start or continue the own attempt' },
  'attempt.read': { roles: students, meaning: 'See the own attempt: questions, options, own answers' },
  'attempt.answer': { roles: students, meaning: 'Save and clear answers and flags in the own attempt' },
  'attempt.submit': { roles: students, meaning: 'Submit the own attempt' },
  'attempt.result': { roles: students, meaning: 'See the own score and key, as far as they are released' },
  'appeal.ask': {
    roles: students,
    meaning: 'Ask staff about a part of the own released score, and withdraw the question',
  },
  'figure.read': { roles: everyone, meaning: 'See the figures of the course’s questions' },
  'exploration.run': {
    roles: everyone,
    meaning: 'Explore the language models: attention, masked words, corpus search',
  },
  'assignment.overview': {
    roles: staff,
    meaning: 'See all students’ attempts and scores, and the figures’ states',
  },
  'assignment.statistics': { roles: staff, meaning: 'See item statistics of an assignment' },
  'assignment.inspect': {
    roles: staff,
    meaning: 'See one student’s answers, their history, and each score with its rule and key version',
  },
  'score.adjust': {
    roles: staff,
    meaning: 'Adjust the points of one part of a submitted attempt by hand, and comment on it',
  },
  'appeal.answer': {
    roles: staff,
    meaning:
      'See what students ask about their scores; take a question, answer it, and adjust its part with the answer',
  },
  'assignment.audit': {
    roles: staff,
    meaning: 'See and export who did what to an assignment, its questions and its attempts',
  },
  'assignment.schedule': {
    roles: instructors,
    meaning: 'Set dates, time limits, attempts and release of an assignment, and extra time for students',
  },
  'course.sections': {
    roles: staff,
    meaning: 'Make, rename and remove sections of a course, and say which students are in them',
  },
  'student.preview': {
    roles: staff,
    meaning: 'See an assignment’s page as a student sees it, now or at another moment, without acting',
  },
  'answer-file.import': {
    roles: instructors,
    meaning: 'Open a student’s answer file and store what it holds, after the end too',
  },
  'receipt.verify': { roles: staff, meaning: 'Check a receipt, and what it was given for' },
  'student.sign-out': {
    roles: instructors,
    meaning: 'End all sessions of a student, on every device: a lost laptop, a shared password',
  },
  'question.read-key': {
    roles: staff,
    meaning: 'See a question’s key, explanation and measurements; look at the studio without writing in it',
  },
  'regrade.draft': {
    roles: staff,
    meaning: 'See regrades; draft one, or the undoing of one, and see what it would do to every score',
  },
  'regrade.apply': {
    roles: instructors,
    meaning: 'Apply a regrade or its undoing, and say whether that takes a second person',
  },
  'question.edit': {
    roles: instructors,
    meaning: 'Write questions and their keys: drafts, order, pools, tags, archive, publication',
  },
  'question.bank': {
    roles: staff,
    meaning: 'Search the questions of the course, and of all courses that one is an instructor of',
  },
  'figure.preview': {
    roles: staff,
    meaning: 'See what figures can be made of, and the figures that instructors have tried out in the course',
  },
  'picture.read': {
    roles: staff,
    meaning: 'See the pictures of a course, what a classifier makes of them, and their regions',
  },
  'picture.edit': {
    roles: instructors,
    meaning:
      'Upload, import and copy pictures, write their titles, classes and regions, archive and remove them',
  },
  'model.read': { roles: staff, meaning: 'See the models that a course has, and what was found in them' },
  'model.manage': { roles: instructors, meaning: 'Upload models to a course, describe and remove them' },
  'evidence.read': {
    roles: staff,
    meaning: 'See the verdicts on the answer keys, their numbers and history',
  },
  'evidence.check': { roles: instructors, meaning: 'Have answer keys checked against the models again' },
  'course.settings': {
    roles: instructors,
    meaning: 'Change a course’s title and time zone, copy it, archive it and take it back',
  },
  'course.people': {
    roles: instructors,
    meaning: 'See who is in a course; enrol, invite, change roles and extra time, and remove people',
  },
  'assignment.create': {
    roles: instructors,
    meaning: 'Make an assignment: empty, as a copy, or from a file; and put a course’s assignments in order',
  },
  'assignment.settings': {
    roles: instructors,
    meaning: 'Change what an assignment is called, publish, archive, delete and export it',
  },
} as const satisfies Record<string, { roles: readonly Role[]; meaning: string }>

/** Who may do something that belongs to no course: operators of the site, and whoever is an instructor anywhere. */
export const sitePermissions = {
  'course.create': {
    operators: true,
    instructors: true,
    meaning: 'Make a course, whose first instructor one becomes',
  },
  'operations.read': {
    operators: true,
    instructors: false,
    meaning: 'See how the site runs: queue, workers, storage, database, disk, settings without secrets',
  },
  'operations.manage': {
    operators: true,
    instructors: false,
    meaning: 'Begin jobs anew that failed, and take jobs out of the queue',
  },
} as const satisfies Record<string, { operators: boolean; instructors: boolean; meaning: string }>

export type SiteAction = keyof typeof sitePermissions

/** What somebody is on the site, whatever the course. */
export interface SiteStanding {
  readonly operator: boolean
  /** Of any course that is not archived. */
  readonly instructor: boolean
}

export function mayOnSite(standing: SiteStanding, action: SiteAction): boolean {
  const { operators, instructors } = sitePermissions[action]
  return (operators && standing.operator) || (instructors && standing.instructor)
}

export type Action = keyof typeof permissions

export const actions = Object.keys(permissions) as Action[]

/** @returns the roles that may do it; for statements that check membership themselves. */
export function rolesWith(action: Action): readonly Role[] {
  return permissions[action].roles
}

export function mayRole(role: Role, action: Action): boolean {
  return rolesWith(action).includes(role)
}

/** @returns docs/permissions.md. */
export function permissionsDocument(): string {
  const header = ['Action', 'Meaning', 'Student', 'TA', 'Instructor']
  const rows = actions.map((action) => [
    `\`${action}\``,
    permissions[action].meaning,
    ...roles.map((role) => (mayRole(role, action) ? 'yes' : '–')),
  ])
  const siteHeader = ['Action', 'Meaning', 'Site operator', 'Instructor of any course']
  const siteRows = Object.entries(sitePermissions).map(([action, { meaning, operators, instructors }]) => [
    `\`${action}\``,
    meaning,
    ...[operators, instructors].map((may) => (may ? 'yes' : '–')),
  ])
  return [
    '# Who may do what',
    '',
    'Made from `lib/auth/permissions.ts` by `npm run permissions`; a test keeps it current.',
    '',
    'Roles belong to a course. Somebody who is not signed in is answered 401. For somebody who is not a member of',
    'the course, or for another student’s attempt, there is nothing: 404. A member whose role may not do it: 403.',
    '',
    ...tableOf(header, rows),
    '',
    '## On the site',
    '',
    'What belongs to no course. Operators are named by `vitrine operators`; they are no members of courses by that, and see',
    'nothing of them. Whoever may not: 403.',
    '',
    ...tableOf(siteHeader, siteRows),
    '',
  ].join('\n')
}

function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}
