/**
 * The database cannot be reached, or is not one that books may be kept in.
 * The message is a whole sentence for the person who started the program; the command line ends with exit code 3.
 */
export class DatabaseRefused extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'DatabaseRefused'
  }
}
