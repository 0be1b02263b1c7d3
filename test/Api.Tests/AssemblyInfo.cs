using Xunit.v3;

// Each class has a process of the product of its own; more than two at once would only wait for each other.
[assembly: Parallelization(MaxThreads = 2)]
