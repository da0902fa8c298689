import { bounded, surroundings } from './expeditions.ts'
import { tellFindings, testFirstSteps, testSlices } from './exploration.ts'

tellFindings()
testSlices('All that can come to one Charge Point from its surroundings', surroundings)
testFirstSteps('The first steps of everything', bounded)
