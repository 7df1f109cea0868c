import { describeAllTogether, describeBadInput, LARGE_NOUNS } from './testing/bad-input.ts';

describeBadInput(LARGE_NOUNS);
describeAllTogether();
