namespace MemOS.Models.Llama.Hosting;

/// <summary>Why a host was ended by its parent.</summary>
internal enum HostEnd
{
    /// <summary>It was not; if it is gone, it went by itself.</summary>
    None = 0,

    /// <summary>It is no longer needed.</summary>
    Closed,

    /// <summary>It showed no progress.</summary>
    Stalled,

    /// <summary>It took more memory than it may.</summary>
    Oversized,
}
