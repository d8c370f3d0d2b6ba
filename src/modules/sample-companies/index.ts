export {
  beginSample,
  countStep,
  endSample,
  findSample,
  type SampleCompany,
  sampleCompany,
} from './sample-companies.ts'
