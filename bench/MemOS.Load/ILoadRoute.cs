namespace MemOS.Load;

/// <summary>A door of the server as one vault's client uses it. Safe from any thread.</summary>
internal interface ILoadRoute
{
    /// <summary>Adds one message.</summary>
    /// <exception cref="MemOSException">The server did not do it.</exception>
    /// <exception cref="HttpRequestException">The server did not do it.</exception>
    Task AddAsync(string text, string speaker);

    /// <summary>Asks a question.</summary>
    /// <exception cref="MemOSException">The server did not answer it.</exception>
    /// <exception cref="HttpRequestException">The server did not answer it.</exception>
    Task SearchAsync(string question);
}
