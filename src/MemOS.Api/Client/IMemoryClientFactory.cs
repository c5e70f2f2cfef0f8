namespace MemOS.Api;

/// <summary>Gives the memories of any vault: one for each user, agent or team. In process that is a <c>VaultHost</c>, else a <see cref="MemoryServerConnection"/>.</summary>
public interface IMemoryClientFactory
{
    /// <summary>The memories of a vault. Cheap; nothing is opened or sent before the first call.</summary>
    /// <param name="vault">Its name: 1 to 100 characters, no control characters.</param>
    /// <exception cref="MemOSException">The name is not usable (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    IMemoryClient CreateClient(string vault);
}
