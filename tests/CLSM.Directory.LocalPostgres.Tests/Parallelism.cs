// Each test has a cluster of its own, and most of its time is waiting.
[assembly: LevelOfParallelism(3)]
