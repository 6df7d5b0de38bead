/** The students of a course who belong to no section, where one of its sections could be named. */
export const withoutSection = 'none'

/** Characters of a section's name. */
export const longestSectionName = 60

/** Of a table of sections: bytes of a file, characters of a text. Some thousands of lines; a request may hold little more. */
export const largestSectionTable = 250_000

/** A section as it stands in a list to choose from. */
export interface SectionName {
  readonly sectionId: string
  readonly name: string
}

export interface SectionLine extends SectionName {
  /** Made with a demo class. */
  readonly simulated: boolean
  /** How many are in it. */
  readonly students: number
}

export interface SectionStudent {
  readonly userId: string
  readonly name: string
  readonly email: string
  /** null: in none. */
  readonly sectionId: string | null
}

/** What the page of sections shows: sections by name, students by name. */
export interface CourseSections {
  readonly sections: readonly SectionLine[]
  readonly students: readonly SectionStudent[]
}

/** What taking in a table changed. */
export interface SectionImport {
  /** Lines that name a student. */
  readonly students: number
  /** Students who are in another section than before. */
  readonly moved: number
  /** Names of sections that were made. */
  readonly made: readonly string[]
}
