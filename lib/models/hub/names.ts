/** Names on the Hugging Face Hub, as its own client allows them: pure, so that a form asks by the same. */

const part = String.raw`\w(?:[\w.-]*\w)?`
const unlike = String.raw`(?!.*(?:--|\.\.|\.git$))`

export const longestRepository = 96
export const longestRevision = 200

/** `google-bert/bert-base-cased`; at most `longestRepository` characters. */
export const repositoryPattern = new RegExp(`^${unlike}${part}/${part}$`)
/** Old repositories have no owner, such as `bert-base-cased`: the command knows them too. */
const commandPattern = new RegExp(`^${unlike}(?:${part}/)?${part}$`)
/** A branch, tag or commit; at most `longestRevision` characters. */
export const revisionPattern = /^(?!.*(?:\.\.|\/\/))\w(?:[\w./-]*\w)?$/

export const defaultRevision = 'main'

/** Whether a form may send it. */
export function isRepository(text: string): boolean {
  return text.length <= longestRepository && repositoryPattern.test(text)
}

export function isRevision(text: string): boolean {
  return text.length <= longestRevision && revisionPattern.test(text)
}

/** Whether the command asks the Hub for it. */
export function isCommandName(text: string): boolean {
  return text.length <= longestRepository && commandPattern.test(text)
}
