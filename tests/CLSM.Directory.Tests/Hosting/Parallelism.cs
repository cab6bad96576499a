// Fixtures that say they are parallelizable have a database and a service of their own and measure nothing; much of their time is waiting.
[assembly: LevelOfParallelism(3)]
