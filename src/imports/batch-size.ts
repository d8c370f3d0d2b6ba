/** The first batches are small: from them the database learns how much a company has that is new beside others, before much is joined. */
const smallBatches = [250, 1_000]

/** How many lines the batch at a place takes, of an import that usually takes so many at once. */
export const linesOfBatch = (place: number, usual: number): number => Math.min(usual, smallBatches[place] ?? usual)

/** Whether to see to the statistics after so many batches: where they have changed most. */
export const teaches = (batches: number): boolean => (batches & (batches - 1)) === 0
