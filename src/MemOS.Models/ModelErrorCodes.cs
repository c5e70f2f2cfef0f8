namespace MemOS.Models;

/// <summary>The codes of <see cref="ModelException.Code"/>. They never change their meaning.</summary>
public static class ModelErrorCodes
{
    /// <summary>The native libraries for local models are not there; the message says how to get them.</summary>
    public const string LibrariesMissing = "model_libraries_missing";

    /// <summary>The native libraries are of a release that this binding was not made for.</summary>
    public const string LibrariesUnsupported = "model_libraries_unsupported";

    /// <summary>No model of this name or path.</summary>
    public const string ModelNotFound = "model_not_found";

    /// <summary>The file is no model that can be loaded.</summary>
    public const string ModelUnusable = "model_unusable";

    /// <summary>An argument does not fit the model: too long a text, an unknown token, a sequence out of range.</summary>
    public const string InvalidRequest = "model_request_invalid";

    /// <summary>The grammar or JSON schema for constrained output is not one that can be enforced.</summary>
    public const string InvalidGrammar = "model_grammar_invalid";

    /// <summary>The text and what is to be generated do not fit into the context of the model.</summary>
    public const string ContextFull = "model_context_full";

    /// <summary>So many answers wait for room in the model's context that no more may; the same call succeeds later.</summary>
    public const string Busy = "model_busy";

    /// <summary>The model needs more memory than it may use.</summary>
    public const string OutOfMemory = "model_out_of_memory";

    /// <summary>The process that held the model ended in the middle of the request.</summary>
    public const string HostCrashed = "model_host_crashed";

    /// <summary>The process that held the model showed no progress and was ended.</summary>
    public const string HostStalled = "model_host_stalled";

    /// <summary>The process that holds models cannot be started.</summary>
    public const string HostUnavailable = "model_host_unavailable";

    /// <summary>The saved state does not fit the model, its context, or is damaged.</summary>
    public const string StateUnusable = "model_state_unusable";

    /// <summary>The model is of a kind that nothing can be trained for here; the message says what is in the way.</summary>
    public const string TrainingUnsupported = "model_training_unsupported";

    /// <summary>The native library reported a failure that has no code of its own.</summary>
    public const string NativeFailure = "model_native_failure";

    /// <summary>The endpoint refused the key.</summary>
    public const string RemoteRefused = "model_remote_refused";

    /// <summary>The endpoint cannot be reached, is busy, or failed.</summary>
    public const string RemoteUnavailable = "model_remote_unavailable";

    /// <summary>A download did not arrive whole or is not what was asked for.</summary>
    public const string DownloadFailed = "model_download_failed";
}
