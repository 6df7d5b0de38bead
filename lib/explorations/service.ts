import { listCorpora } from '@/lib/explainers/corpus/corpus'
import { corporaFolder, listLanguageModels } from '@/lib/language-folders'

/** @returns names of the models and corpora that are on this machine. */
export async function listInstalled(): Promise<{
  readonly models: readonly string[]
  /** Those of the models that answer questions about a passage. */
  readonly answeringModels: readonly string[]
  readonly corpora: readonly string[]
}> {
  const [models, corpora] = await Promise.all([listLanguageModels(), listCorpora(corporaFolder())])
  return {
    models: models.map((model) => model.name),
    answeringModels: models.filter((model) => model.answersQuestions).map((model) => model.name),
    corpora,
  }
}
