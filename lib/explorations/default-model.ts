/** The model that reads sentences unless another one is chosen, in English and in Chinese. */
export const defaultModelName = 'bert-small-mlm'

/** The model that answers questions about a passage unless another one is chosen. */
export const defaultAnsweringModelName = 'bert-small-qa'
