namespace MemOS.Server.Tests;

/// <summary>Tests that share one running server.</summary>
[CollectionDefinition(Name)]
public sealed class RunningServer : ICollectionFixture<ServerFixture>
{
    public const string Name = "server";
}
