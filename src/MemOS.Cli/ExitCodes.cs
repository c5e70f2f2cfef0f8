using MemOS.Models;

namespace MemOS.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NotFound = 3;
    public const int Cancelled = 130; // as a shell reports a process that Ctrl-C ended

    public static int Of(string code) => code switch
    {
        ErrorCodes.VaultNotFound or ErrorCodes.CubeNotFound or ErrorCodes.MessageNotFound or ErrorCodes.BranchNotFound or ModelErrorCodes.ModelNotFound => NotFound,
        ErrorCodes.InvalidFilter or ErrorCodes.UnscopedDelete => Usage,
        _ => Failed,
    };
}
