import { describeBadInput, OTHER_NOUNS } from './testing/bad-input.ts';

describeBadInput(OTHER_NOUNS);
