/** What is forecast: the label sets of a dataset as they are, and some of their classes against others. */

export interface Task {
  readonly name: string;
  /** The label set that it is made of. */
  readonly labels: string;
  /** Class 0; left out, every class is one of its own. */
  readonly these?: readonly string[];
  /** Class 1; left out, all others. */
  readonly others?: readonly string[];
}

/** Features that tasks are looked at on. */
export type Subject = "trained" | "untrained" | "pca";

const living = [
  "aquatic_mammals",
  "fish",
  "flowers",
  "fruit_and_vegetables",
  "insects",
  "large_carnivores",
  "large_omnivores_and_herbivores",
  "medium_mammals",
  "non-insect_invertebrates",
  "people",
  "reptiles",
  "small_mammals",
  "trees",
];

/** By dataset. Emoji and grocery are those that constants are chosen on; CIFAR-100 is only told. */
export const subjectsOf: Readonly<Record<string, readonly Subject[]>> = {
  emoji: ["trained", "untrained", "pca"],
  grocery: ["trained", "untrained", "pca"],
  "cifar-100": ["trained", "untrained"],
};

export const tasksOf: Readonly<Record<string, readonly Task[]>> = {
  emoji: [
    { name: "category", labels: "category" },
    { name: "subcategory", labels: "subcategory" },
    { name: "vendor", labels: "vendor" },
    { name: "tone", labels: "tone" },
    { name: "people against the rest", labels: "category", these: ["People & Body"] },
    { name: "flags against symbols", labels: "category", these: ["Flags"], others: ["Symbols"] },
    {
      name: "animals against food",
      labels: "category",
      these: ["Animals & Nature"],
      others: ["Food & Drink"],
    },
    { name: "objects against the rest", labels: "category", these: ["Objects"] },
    { name: "dark against light", labels: "tone", these: ["dark"], others: ["light"] },
  ],
  grocery: [
    { name: "folder-1", labels: "folder-1" },
    { name: "folder-2", labels: "folder-2" },
    { name: "folder-3", labels: "folder-3" },
    { name: "fruit against the rest", labels: "folder-1", these: ["Fruit"] },
    {
      name: "packages against vegetables",
      labels: "folder-1",
      these: ["Packages"],
      others: ["Vegetables"],
    },
    { name: "apples against the rest", labels: "folder-2", these: ["Apple"] },
    { name: "milk against juice", labels: "folder-2", these: ["Milk"], others: ["Juice"] },
    { name: "yoghurt against the rest", labels: "folder-2", these: ["Yoghurt"] },
  ],
  "cifar-100": [
    { name: "fine", labels: "fine" },
    { name: "coarse", labels: "coarse" },
    { name: "living things against the rest", labels: "coarse", these: living },
    { name: "people against the rest", labels: "coarse", these: ["people"] },
    {
      name: "vehicles 1 against vehicles 2",
      labels: "coarse",
      these: ["vehicles_1"],
      others: ["vehicles_2"],
    },
  ],
};
