import { charging } from './expeditions.ts'
import { tellFindings, testSlices } from './exploration.ts'

tellFindings()
testSlices('All that can come of charging at one Charge Point', charging)
