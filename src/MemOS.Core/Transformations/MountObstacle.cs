namespace MemOS.Transformations;

/// <summary>Why a KV state cannot be mounted.</summary>
public enum MountObstacle
{
    /// <summary>It can.</summary>
    None = 0,

    /// <summary>There is no such state, or the caller may not know of it or of a source.</summary>
    NotFound = 1,

    /// <summary>The cube is no KV state.</summary>
    NoState = 2,

    /// <summary>A source was changed, replaced or forgotten since; make the state anew.</summary>
    SourceChanged = 3,

    /// <summary>A source, or the state, is archived or its time is over.</summary>
    Retired = 4,

    /// <summary>The caller may see only parts of a source, and the state holds all of it.</summary>
    PartlyHidden = 5,

    /// <summary>It was made with another model, library, kind of cache or prompt; make it anew from its text.</summary>
    OtherModel = 6,
}
