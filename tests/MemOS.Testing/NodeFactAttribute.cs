namespace MemOS.Testing;

/// <summary>A test that runs published npm packages: skipped where Node or the packages are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    /// <summary>Skips the test, with a message, where it cannot run.</summary>
    public NodeFactAttribute()
    {
        if (!NodeProgram.IsInstalled)
        {
            Skip = "Node.js and the packages of tests/clients are needed: run 'npm ci --ignore-scripts' there.";
        }
    }
}
