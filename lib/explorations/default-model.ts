/** The model that the explorer opens with. */
export const defaultModelName = 'bert-small-mlm'
