import { ExplainerError } from '@/lib/explainers/errors'
import { openBert } from '@/lib/explainers/language/bert'
import type { LanguageModel } from '@/lib/explainers/language/language-model'
import { listLanguageModels } from '@/lib/language-folders'
import { fromCaller } from './caller-path'

/**
 * @param wanted name of an installed model, or a path to a Hugging Face folder
 * @throws ExplainerError 'model-missing' that lists the models there are, and those of `openBert`
 */
export async function openInstalledModel(wanted: string): Promise<LanguageModel> {
  if (/[\\/]/.test(wanted)) {
    return openBert(fromCaller(wanted))
  }
  const installed = await listLanguageModels()
  const found = installed.find((model) => model.name === wanted)
  if (found) return openBert(found.folder)
  const known = installed.map((model) => model.name).join(', ')
  const message = `There is no language model ${wanted}; there are ${known}, and a path such as ./${wanted} is taken too`
  throw new ExplainerError('model-missing', wanted, message)
}
