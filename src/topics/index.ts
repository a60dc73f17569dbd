export { checkTopics } from "./check-topics.ts";
export { listTopics, type Topic } from "./queries.ts";
export { packTopics, topicsMatch, unpackTopics } from "./topic-set.ts";
