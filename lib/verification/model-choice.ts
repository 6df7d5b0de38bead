import { stat } from 'node:fs/promises'
import path from 'node:path'
import { MODEL_ROLES, type ModelRole } from '@/lib/explainers/claims/measurement'
import { ExplainerError } from '@/lib/explainers/errors'
import { openBert } from '@/lib/explainers/language/bert'
import { listLanguageModels, modelFolders } from '@/lib/language-folders'
import { findUploadedFolder } from '@/lib/models/model-folder'

/** Which model a role is played by. */
export interface ModelChoice {
  readonly name: string
  /** null: not installed. */
  readonly folder: string | null
  /** The model that the assignment is about, where it is another. */
  readonly insteadOf: string | null
}

/** By role, the assignment's own model first, then what stands in for it while it is not installed. */
const preferred: Readonly<Record<ModelRole, readonly [string, ...string[]]>> = {
  classifier: ['food-cnn'],
  'masked-language': ['bert-base-cased', 'bert-small-mlm'],
  chinese: ['bert-base-chinese', 'bert-small-mlm'],
  'question-answering': ['bert-small-qa'],
}

/** Words that a vocabulary must have to be of use for a role. */
export const neededWords = { 'masked-language': 'officer', chinese: '果' } as const

/**
 * @param wanted names of installed models, or paths to folders; each takes every role that it can play.
 * @throws ExplainerError 'model-missing' for one that is not there, 'model-unsupported' for one that can play none.
 */
export async function chooseModels(
  wanted: readonly string[],
): Promise<Readonly<Record<ModelRole, ModelChoice>>> {
  const choices = {} as Record<ModelRole, ModelChoice>
  for (const role of MODEL_ROLES) choices[role] = await firstInstalled(preferred[role])
  for (const name of wanted) {
    const folder = await findFolder(name)
    if (folder === null) throw await missing(name)
    const roles = await rolesOf(folder)
    if (roles.length === 0) {
      const message = `${name} has neither a masked-language nor a question-answering head`
      throw new ExplainerError('model-unsupported', name, message)
    }
    for (const role of roles) {
      const own = path.basename(folder)
      choices[role] = { name: own, folder, insteadOf: own === preferred[role][0] ? null : preferred[role][0] }
    }
  }
  return choices
}

async function firstInstalled([first, ...others]: readonly [string, ...string[]]): Promise<ModelChoice> {
  for (const name of [first, ...others]) {
    const folder = await findFolder(name)
    if (folder !== null) return { name, folder, insteadOf: name === first ? null : first }
  }
  return { name: first, folder: null, insteadOf: null }
}

async function findFolder(name: string): Promise<string | null> {
  const isPath = /[\\/]/.test(name)
  const candidates = isPath
    ? [path.resolve(name)]
    : modelFolders().map((parent) => path.join(/*turbopackIgnore: true*/ parent, name))
  for (const folder of candidates) {
    const isFolder = await stat(/*turbopackIgnore: true*/ folder).then(
      (facts) => facts.isDirectory(),
      () => false,
    )
    if (isFolder) return folder
  }
  return isPath ? null : findUploadedFolder(name)
}

/** Whether a role asks for the model by itself, so that it need not be named. */
export function isPreferredModel(name: string): boolean {
  return Object.values(preferred).some((names) => names.includes(name))
}

async function rolesOf(folder: string): Promise<ModelRole[]> {
  const isBert = await stat(/*turbopackIgnore: true*/ path.join(folder, 'config.json')).then(
    () => true,
    () => false,
  )
  if (!isBert) return ['classifier']
  const model = await openBert(folder)
  try {
    if (model.heads.questionAnswering) return ['question-answering']
    if (!model.heads.maskedLanguage) return []
    const roles = Object.entries(neededWords) as [keyof typeof neededWords, string][]
    return roles.filter(([, word]) => model.tokenizer.idOf(word) !== undefined).map(([role]) => role)
  } finally {
    await model.close()
  }
}

async function missing(name: string): Promise<ExplainerError> {
  const known = [preferred.classifier[0], ...(await listLanguageModels()).map((model) => model.name)]
  const message = `There is no model ${name}; there are ${known.join(', ')}, and a path such as ./${name} is taken too`
  return new ExplainerError('model-missing', name, message)
}
