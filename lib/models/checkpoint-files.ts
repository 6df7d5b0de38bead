/** Files that a Hugging Face checkpoint may consist of; others in its folder are left out. */

const texts = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'vocab.txt']

/** The weights, whole or in shards with their list. */
export function isWeights(file: string): boolean {
  return /^model(-\d{5}-of-\d{5})?\.safetensors(\.index\.json)?$/.test(file)
}

export function isCheckpointFile(file: string): boolean {
  return texts.includes(file) || isWeights(file)
}
