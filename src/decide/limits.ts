/** The thresholds behind every verdict, each with its reason. */

export const limits = {
  /** Below this many labelled evaluation pictures no accuracy is told as a result. */
  evaluationItems: 30,
  /** A paired interval this wide (in accuracy) that includes 0 says nothing either way. */
  wideInterval: 0.1,
  /** A gain over the untrained encoder smaller than this is real at best, not useful. */
  usefulGain: 0.02,
  /** Above this share of one class, plain accuracy flatters. */
  majorityShare: 0.5,
  /** Training centres sort training pictures this much better than unseen ones. */
  trainingGap: 0.15,
  /** A linear probe this much above NCC: a few labels will pay. */
  probeGain: 0.1,
  /** Plain outlines that sort this much better than the representation: training missed them. */
  outlinesGain: 0.1,
  /** RankMe below this share of the dimensions: part of the representation is unused. */
  rankShare: 0.1,
  /** Share of pictures that could not be read from which it is told in the summary. */
  rejectedShare: 0.01,
  /** Classes with fewer labelled pictures than this are told. */
  smallClass: 10,
  /** Spread over seeds (standard deviation) against the gain: above this, luck matters. */
  luckShare: 0.5,
  /** Invariance counts as done early when this share of its fall came in the first third. */
  invarianceEarly: 0.8,
  /** ... and sorting as late when this share of the NCC gain came after the first third. */
  sortingLate: 0.2,
  /** Labelled pictures with which a verdict can be hoped for where there were none. */
  labelsToStart: 300,
  /** Fewer training pictures than this: more of them is the first advice. */
  fewPictures: 2000,
} as const;
